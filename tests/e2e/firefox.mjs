// What a learner does in Firefox, by keyboard alone, and what is then on the page: printed as JSON, judged in Python.
// Arguments: what to do (“practice” or “quiz”), and the address of the notebook.
import puppeteer from "puppeteer-core";

const [journey, address] = process.argv.slice(2);
const PATIENCE = 180_000; // ms; Python may have to start in the browser first
const W1 = ".grader-question[data-item=w1]";
const outside = [];
const dialogs = [];

const browser = await puppeteer.launch({
  browser: "firefox", executablePath: process.env.FIREFOX, headless: true,
  extraPrefsFirefox: { "network.captive-portal-service.enabled": false, "app.update.enabled": false, "toolkit.telemetry.enabled": false },
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 1600 });
  page.setDefaultTimeout(PATIENCE);
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.accept(); });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(address).host) outside.push(request.url());
  });
  await page.goto(address);
  const seen = { practice, quiz }[journey];
  console.log(JSON.stringify({ ...await seen(page), outside, dialogs }));
} finally {
  await browser.close();
}

/** Answer wrongly, say how sure, check, unfold the reasons; then reload. */
async function practice(page) {
  await choose(page);
  await tabTo(page, `${W1} .grader-button`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(`${W1} .grader-verdict`, { visible: true });
  await tabTo(page, `${W1} .grader-folded summary`);
  await page.keyboard.press("Enter");
  const told = await text(page, `${W1} .grader-folded`);
  const before = await chosen(page);
  await page.reload();
  await ready(page);
  await page.waitForSelector(`${W1} .grader-verdict`, { visible: true });
  return { told, before, after: await chosen(page) };
}

/** Choose, and wait until it is saved; then reload. */
async function quiz(page) {
  await choose(page);
  await page.waitForFunction((at) => /answered/.test(document.querySelector(at)?.textContent), {}, `${W1} .grader-status`);
  const told = await text(page, `${W1} .grader-status`);
  const before = await chosen(page);
  await page.reload();
  await ready(page);
  return { told, before, after: await chosen(page) };
}

async function ready(page) {
  await page.waitForSelector(`${W1} input[type=radio]`, { visible: true });
  await page.waitForFunction(() => ![...document.querySelectorAll(".grader-wait")].some((one) => one.checkVisibility()));
}

/** Choose the second answer with the keys; those that mean something to a notebook do nothing here. */
async function choose(page) {
  await ready(page);
  await page.focus(`${W1} input[type=radio]`);
  for (const key of [" ", "ArrowDown", "d", "d", "x"]) await page.keyboard.press(key);
}

async function tabTo(page, target) {
  const there = () => page.evaluate((at) => document.activeElement === document.querySelector(at), target);
  for (let n = 0; n < 30 && !(await there()); n++) await page.keyboard.press("Tab");
  if (!(await there())) throw new Error(`Tab does not lead to ${target}`);
}

function text(page, at) {
  return page.$eval(at, (node) => node.innerText);
}

function chosen(page) {
  return page.$$eval(`${W1} input[type=radio]`, (all) => all.filter((one) => one.checked).map((one) => one.value));
}
