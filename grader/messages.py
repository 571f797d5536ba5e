"""Every sentence the front end and the record say to a learner or a grader, in one place and in their language.

The English stands here. Translations stand in ``locale`` by the conventions of gettext: the English
sentence is the msgid, its key here the msgctxt; ``grader words`` keeps them in step. What is not
translated is said in English. Nothing legal stands here: what the law says comes from the key of a question.
"""

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"en": "English", "es": "Español"}
"""What a learner can choose, each in its own name."""
DOMAIN = "grader"
LOCALE = Path(__file__).parent / "locale"

# Each comment in the table tells translators where the sentences below it are said.
ENGLISH: dict[str, str] = {
    # the whole page, while Python starts (said by the page itself)
    "page-wait": "Getting the exercise ready. The first time takes about ten seconds.",
    "page-beside": "This folder holds program files, so nothing was run. "
    "If they are yours, choose Run, then Run All Cells.",
    "page-failed": "The exercise could not start. Reload the page to try again.",
    # dates
    "day": "{month} {day}, {year}",
    "month-1": "January",
    "month-2": "February",
    "month-3": "March",
    "month-4": "April",
    "month-5": "May",
    "month-6": "June",
    "month-7": "July",
    "month-8": "August",
    "month-9": "September",
    "month-10": "October",
    "month-11": "November",
    "month-12": "December",
    "weekday-0": "Sunday",
    "weekday-1": "Monday",
    "weekday-2": "Tuesday",
    "weekday-3": "Wednesday",
    "weekday-4": "Thursday",
    "weekday-5": "Friday",
    "weekday-6": "Saturday",
    # the first lines of a notebook; ** and * and ` are marks of Markdown
    "intro-start": "If you see no questions, choose **Run**, then **Run All Cells**.",
    "intro-practice": """* Choose an answer, say how sure you are, and check it. The reason comes at once.
* You can try again as often as you like. Your first answer is kept beside the later ones.
* Your answers are kept in the file `{quiz}.answers.json` beside this notebook.""",
    "intro-quiz": """* Every choice is saved at once, in the file `{quiz}.answers.json` beside this notebook. \
Keep the two together.
* You can change an answer until you hand the quiz in.
* The last cell shows how many answers are saved.""",
    "intro-written": "Write your answer in the box above. It is kept with your other answers.",
    "not-advice": "This is training material, not legal advice.",
    "help": "If any of this touches your own life, you can pause at any time. "
    "In the United States the National Domestic Violence Hotline answers day and night: 1-800-799-7233 or <https://www.thehotline.org>.",
    # the bar of care on every page, and leaving a page quickly; “coalition” is the group of a state’s local programs
    "care": "Safety and help",
    "care-private": "We ask nothing about you. Your answers stay with this page until you hand them in. "
    "Do not type facts of real cases.",
    "care-english": "The stories, the questions and what the law says are in English for now.",
    "care-how": "How this page works",
    "care-lines": "Help lines",
    "care-danger": "Are you in danger now? Call 911.",
    "care-national": "In every state",
    "care-place": "Your state:",
    "care-place-none": "Choose a state",
    "care-place-private": "Your choice of a state is not saved and not sent.",
    "care-for-partner": "Abuse by a partner or in the family",
    "care-for-native": "Native people who face abuse, in every state",
    "care-for-crisis": "Thoughts of suicide, or any other crisis",
    "care-for-law": "The law of each state on abuse, in plain words",
    "care-for-legal-aid": "Where to find free legal help",
    "care-for-crime": "Victims of any crime",
    "care-for-coalition": "The state’s coalition. It knows the local programs.",
    "care-call": "Call {number}",
    "care-text": "Text {to}",
    "care-text-word": "Text {word} to {to}",
    "care-tty": "TTY {number}",
    "care-always": "Day and night.",
    "care-weekdays": "Monday to Friday, {start} to {end}.",
    "care-languages": "In: {names}.",
    "care-in-en": "English",
    "care-in-es": "Spanish",
    "care-in-many": "more languages with an interpreter",
    "care-official": "Checked on {day}.",
    "care-second-hand": "Read on someone else’s page on {day}. Check it before you pass it on.",
    "care-old": "Last checked on {day}. It may have changed.",
    "care-source": "Source",
    "care-change": "Numbers change. If one does not answer, call the national hotline.",
    "leave": "Leave this page quickly",
    "leave-keys": "or press Esc 3 times",
    "leave-what": "What leaving quickly does, and what it does not do",
    "leave-does": "A weather page takes the place of this page. You can use the button in the corner. "
    "You can also press the Esc key three times.",
    "leave-not": "It does not hide that you were here. The list of pages you visited, the files you downloaded "
    "and your saved answers stay on this computer. The Back button may lead here again. "
    "A program that watches this computer still sees everything.",
    "leave-clear": "To clear the list of pages, press Ctrl, Shift and Delete together (on a Mac: Command, Shift and "
    "Delete). Delete downloaded files and answers files yourself. Someone may notice that the list is empty.",
    "leave-safer": "Does someone watch what you do? Use a computer they cannot reach, such as one in a library.",
    "language": "Language",
    # saving
    "saved": "Saved. {answered} of {total} answered.",
    "saved-merged": "Saved. {answered} of {total} answered. Another window had saved too. "
    "The later answer to each question counts.",
    "saved-aside": "Saved. {answered} of {total} answered. The older answers file is kept as {aside}.",
    "saved-not-kept": "Saved for now. {answered} of {total} answered. This browser may forget it. "
    "Download your answers before you close the page.",
    "not-saved": "Not saved ({reason}). Your answers are still on this page. "
    "Make room or check the folder, then answer again. Do not close the page.",
    "not-taken": "This answer does not fit the question, so it was not saved.",
    "too-long": "This answer is too long to save. Shorten it to at most {limit} characters.",
    "too-much": "All answers together are too long to save. Shorten your written answers.",
    # reading an answers file
    "is-link": "The answers file is a link to another place. Links are not followed.",
    "not-a-file": "The answers file is not a plain file.",
    "unreadable": "The answers file cannot be opened ({reason}).",
    "too-large": "The answers file is larger than {limit} KB. It was not read.",
    "empty": "The answers file is empty.",
    "not-text": "The answers file is not text.",
    "not-json": "The answers file is damaged: it is not complete JSON.",
    "too-deep": "The answers file is nested too deeply. It was not read.",
    "not-a-record": "The answers file does not hold a list of answers.",
    "other-schema": "The answers file has another form (schema {found}, here {known}). It was not read.",
    "newer-schema": "The answers file was made by a newer version of this course. "
    "Get a fresh copy of the notebook from your instructor, and load the file there.",
    "no-identity": "The answers file does not say which quiz, version and learner it belongs to.",
    "too-many": "The answers file holds {count} items. Only the first {limit} were read.",
    "bad-item": "The answer to item “{item}” could not be read. It was left out.",
    "bad-part": "The answer to item “{item}” has an unreadable {part}. That part was left out.",
    "receipt": "Receipt in the notebook: {trouble}",
    "other-quiz": "The answers file belongs to the quiz “{found}”, not to “{wanted}”.",
    "other-mode-practice": "The answers file is from practice, not from this quiz. It was not used.",
    "other-mode-quiz": "The answers file is from the quiz, not from this practice. It was not used.",
    "other-version": "The answers file was made for version {found} of this quiz, not for {wanted}.",
    "other-learner": "The answers file belongs to “{found}”, not to “{wanted}”.",
    "dropped": "The answer to item “{item}” does not fit this quiz any more. It was left out.",
    "unknown-item": "The answers file names an item “{item}” that this quiz does not have.",
    # scoring
    "wrong-variant": "The answer belongs to another variant of this item. It earns nothing.",
    "no-variant": "The key has no variant “{variant}” of this item. It earns nothing.",
    "unknown-choice": "The answer names choices that do not exist: {names}.",
    "several": "Several answers were given where one was asked.",
    "wrong-form": "The answer does not have the form this item asks for.",
    "by-hand": "A person grades this answer.",
    # grading a class
    "no-time": "The file timestamp.txt holds no time: “{text}”. Correct it or take it away.",
    "no-known-notebook": "No notebook of this assignment was handed in.",
    "no-notebook": "No notebook was handed in.",
    "skipped-notebook": "The notebook {name}.ipynb does not belong to this assignment. It was left out.",
    "left-behind": "The file {name} is a link, a device or too large. It was left behind.",
    "no-student": "The gradebook has no learner “{learner}”, and this course lets nobody in by handing in.",
    "more-remarks": "And {number} more. --json shows all.",
    "no-place": "The graded notebook cannot be written ({reason}). Nothing was entered for this learner.",
    "no-room": "Graded notebooks cannot be written ({reason}). What was entered before stays.",
    "worker-died": "A worker came to a sudden end. It may have run out of memory.",
    "go-on": "Start it again when that is mended. It goes on where it stopped.",
    # the page
    "story": "What happened",
    "content": "About this story: {content}",
    "choose-one": "Choose one.",
    "choose-any": "Choose all that apply.",
    "choose-rows": "Choose one answer in every row.",
    "choose-sentence": "Choose the sentence that decides the question.",
    "choose-date": "Enter a date.",
    "write": "Write your answer. At most {limit} characters.",
    "number": "Question {number} of {total}",
    "points": "{points} points",
    "point": "1 point",
    "statement": "Statement",
    "check": "Check my answer",
    "again": "You may change your answer and check again.",
    "answer-first": "Choose an answer first.",
    "date-first": "Enter a full date first.",
    "rows-first": "Answer every row first.",
    "write-first": "Write an answer first.",
    "certainty": "How sure are you?",
    "certainty-1": "1: not sure",
    "certainty-2": "2: fairly sure",
    "certainty-3": "3: very sure",
    "certainty-help": "This never changes a grade. It shows you which rules to look at again.",
    "right": "Right.",
    "partly": "Partly right.",
    "wrong": "Not right yet.",
    "by-hand-practice": "Compare your text with the model answer.",
    "certainty-quiz": "You may leave this out. It never changes a grade. It tells your instructor what to teach again.",
    "confident-error": "You were very sure. This is a rule worth a second look.",
    "mark-right": "Right:",
    "mark-wrong": "Not right:",
    "mark-missed": "You left out:",
    "rests-on": "What your answer rests on",
    "rule": "The rule",
    "decides": "What decides it is marked in the story.",
    "decides-mark": "decides",
    "cites": "Where the law says so",
    "checked": "compared with the source on {checked}",
    "cites-more": "And {count} more, with all the reasons below.",
    "checked-all": "All compared with the source on {checked}.",
    "flip": "What would change the answer",
    "model-answer": "A model answer",
    "rubric": "What a grader looks for",
    "rubric-line": "{part} ({points}): {anchor}",
    "answer": "The answer:",
    "steps": "The answer and all the reasons, step by step",
    "met": "met",
    "not-met": "not met",
    "restored": "This is your saved answer.",
    "no-reply": "Not saved yet. Python does not answer. Wait a moment, or reload the page and answer again.",
    "status-answered": "Answered.",
    "status-open": "Not answered yet.",
    "receipt-none": "No answers saved yet. This quiz has {total} questions.",
    "receipt-file": "Your answers are in the file {file}. Hand it in together with this notebook.",
    "receipt-practice-file": "This is practice. Your answers stay with you in the file {file}, "
    "and nothing is handed in.",
    "receipt-trouble": "Please note",
    "download": "Download my answers",
    "no-file": "The file {file} was not found. Open the notebook from its own folder, in Jupyter, and run it again.",
    "no-sheet": "The file {file} holds no quiz. Get a fresh copy of the notebook from your instructor.",
    "bad-sheet": "The quiz in {file} cannot be read: {reason}. Get a fresh copy of the notebook from your instructor.",
    "other-sheet": "The file {file} holds the quiz “{found}”, not “{wanted}”. "
    "Get a fresh copy of the notebook from your instructor.",
    "no-item": "This quiz has no question “{item}”. Get a fresh copy of the notebook from your instructor.",
    "no-answer-text": "(no answer)",
    # what if: the facts that may be changed
    "fact-ask-order": "The order the question is about",
    "fact-ask-other": "The other order",
    "fact-ask-person": "The person the question is about",
    "fact-ask-day": "The day the question is about",
    "fact-event-who": "Who did it",
    "fact-event-whom": "Toward whom",
    "fact-event-did": "What was done",
    "fact-event-by": "By what means",
    "fact-event-day": "The day it happened",
    "fact-event-hour": "The hour",
    "fact-event-at": "The place",
    "fact-event-beside": "The place {who} was beside without going in",
    "fact-event-distance": "How near, in yards",
    "fact-event-within_reach": "Near enough to reach somebody who comes or leaves",
    "fact-event-present": "{whom} was there",
    "fact-event-through": "The person it went through",
    "fact-event-asked_by": "Who told {who} to do it",
    "fact-event-started_by": "Who began the contact",
    "fact-event-purpose": "What it was for",
    "fact-event-peaceful": "It was peaceful",
    "fact-event-brief": "It was brief and stayed on the subject",
    "fact-event-effect": "What it would do to most people",
    "fact-event-accident": "{who} did not expect the other to be there",
    "fact-event-left": "What {who} did when they saw each other",
    "fact-event-trivial": "It was slight and harmless",
    "fact-event-incidental": "It came about by the way of something else",
    "fact-event-able": "{who} was able to obey",
    "fact-event-believes": "Why {who} believed it was allowed",
    "fact-event-intended": "{who} meant to break the order",
    "fact-event-unclear": "The words of the order leave open whether they forbid this",
    "fact-event-forced": "{who} was made to go by force, threats or deceit",
    "fact-event-state": "The state where it happened",
    "fact-event-order": "The order that this step is about",
    "fact-event-written": "It was in writing",
    "fact-event-served": "The other side was given the paper",
    "fact-event-evidence": "It came with written evidence",
    "fact-event-proved": "What the law asks for was shown",
    "fact-event-showing": "What was shown",
    "fact-event-contested": "The other side opposes it",
    "fact-event-until": "The new end date",
    "fact-event-permanent": "It is to have no end",
    "fact-event-allows": "What is allowed from then on",
    "fact-event-drops": "The terms that are taken away",
    "fact-order-kind": "What kind of order it is",
    "fact-order-binds": "Whom the order binds",
    "fact-order-protects": "Whom the order protects",
    "fact-order-notice": "How {binds} learned of the order",
    "fact-order-noticed": "The day {binds} learned of the order",
    "fact-order-knew_terms": "{binds} had learned what the order forbids",
    "fact-order-day": "The day the order was made",
    "fact-order-ends": "The end date on the paper",
    "fact-order-face": "What the paper says about its end",
    "fact-order-forbids": "What the order forbids",
    "fact-order-allows": "What the order allows",
    "fact-order-places": "The places the order names",
    "fact-order-distance": "How far {binds} must stay away, in yards",
    "fact-order-ground": "Why the order was made",
    "fact-order-court": "Which court made it",
    "fact-order-offence": "The crime behind the order",
    "fact-order-made_in": "The state that made the order",
    "fact-order-asked_by": "Who asked for the order",
    "fact-order-hearing": "The day set for the hearing",
    "fact-order-hearing_notice": "{binds} had notice and a chance to be heard first",
    "fact-order-findings": "What the judge found",
    "fact-order-findings_day": "The day the judge found it",
    "fact-order-primary_aggressor": "The judge found that {binds} was a primary aggressor",
    "fact-order-finds_threat": "The judge found a credible threat",
    "fact-order-bars_force": "The order names physical force",
    "fact-order-agreed": "Both sides agreed to the order",
    "fact-order-announced": "The day the judge said it in court",
    "fact-order-wrongly_made": "Somebody says the order should never have been made",
    "fact-order-without_jurisdiction": "The court had no power over the person or the matter",
    "fact-order-served": "The day the paper was handed over",
    "fact-order-notice_day": "The day of notice",
    "fact-case-day": "The day the case began",
    "fact-case-offence": "The crime charged",
    "fact-case-prosecution": "A criminal charge stands",
    "fact-relation-tie": "What they are to each other",
    "fact-relation-lived_together": "They live or have lived together",
    "fact-relation-child_in_common": "They have a child together",
    # what if: the page
    "whatif-place": "Where the question is asked",
    "whatif-told": "How the story goes at this point",
    "whatif-not-said": "the story does not say",
    "whatif-here": "where the question is asked",
    "whatif-nothing": "nothing",
    "whatif-somebody": "somebody",
    "whatif-yes": "yes",
    "whatif-no": "no",
    "whatif-senseless": "The question makes no sense for a story like this, so the last change was not made.",
    "whatif-backwards": "This cannot be: “{then}” would come before “{first}”. The change was not made.",
    "whatif-no-end": "The story names no end date. Enter one as the end date on the paper.",
    "whatif-no-knob": "This can no longer be changed here. Choose another fact.",
    "whatif-no-value": "This is none of the choices. Choose one of the list.",
    "whatif-bad-day": "Enter a full date.",
    "whatif-bad-hour": "Enter an hour, such as 16:30.",
    "whatif-bad-number": "Enter a whole number.",
    "whatif-title": "What if?",
    "whatif-intro": "Pick a story and a question. Then change a fact: who acted, on which day, in which state, "
    "how the news of the order came. You see at once whether the answer changes, and why.\n\n"
    "Nothing here is graded or saved. You cannot break anything: every change can be undone.",
    "whatif-heading": "What if the story were different?",
    "whatif-pick-story": "The story",
    "whatif-pick-question": "The question",
    "whatif-story": "What happened, and what you can change",
    "whatif-story-hint": "Open “Change this” under a sentence. Each change counts at once. "
    "When you change a person, words such as “he” or “her” stay as they were written.",
    "whatif-change-line": "Change this",
    "whatif-changed-mark": "changed",
    "whatif-before": "In the story:",
    "whatif-decides": "decides",
    "whatif-answer-now": "The answer now",
    "whatif-as-told": "As told",
    "whatif-as-changed": "As you changed it",
    "whatif-answer": "The answer",
    "whatif-turns-on": "What it turns on",
    "whatif-law": "Where the law says so",
    "whatif-reasons": "All the reasons, step by step",
    "whatif-new-step": "new",
    "whatif-old-step": "no longer",
    "whatif-same": "The answer stays the same.",
    "whatif-flipped": "The answer has changed.",
    "whatif-use": "Use this",
    "whatif-more-facts": "More facts that the rule looks at",
    "whatif-you-changed": "You changed",
    "whatif-nothing-changed": "Nothing yet. This is the story as it is told.",
    "whatif-change": "{label}: {now} (in the story: {was})",
    "whatif-undo": "Undo the last change",
    "whatif-reset": "Back to the story as told",
    "whatif-flips": "Which single change gives another answer?",
    "whatif-flips-hint": "Choose one to try it. The rules were asked about each change alone.",
    "whatif-flips-none": "No single change gives another answer here.",
    "whatif-flips-wait": "Looking for changes that matter …",
    "whatif-tried": "Single changes tried: {count}.",
    "whatif-unknown": "The law read for this course does not answer the question in: {places}.",
    "whatif-more": "{count} more",
    "whatif-with": "with: {word}",
    "whatif-without": "without: {word}",
    "whatif-nobody": "Nobody",
    "whatif-pictures": "The case in pictures",
    "whatif-in-words": "The picture in words",
    "whatif-says-as-told": "The story as it is told. The answer: {answer}.",
    "whatif-says-same": "The answer stays the same: {answer}.",
    "whatif-says-flipped": "The answer is now: {answer}. As told it was: {before}.",
    "whatif-no-story": "There is no story “{story}” here. The first one is shown.",
    "whatif-no-file": "The file {file} holds no stories to try changes on. "
    "Get a fresh copy of the notebook from your instructor.",
    "whatif-no-reply": "Python does not answer. Wait a moment, or reload the page.",
    # pictures of a case
    "picture-timeline": "Timeline: {title}",
    "picture-arrows": "Who is bound toward whom: {title}",
    "picture-days": "Counting the days: {title}",
    "picture-desc": "The list that comes with this picture says the same in words.",
    "picture-an-order": "an order",
    "picture-the-order": "the order",
    "picture-order": "order {letter}",
    "picture-made": "{order} is made: {label} against {bound}, to protect {protected}.",
    "picture-extends": "It extends {order}.",
    "picture-untold": "The story says that {bound} is not told of it.",
    "picture-told": "How {bound} learns of it: {how}. The story gives no day for that.",
    "picture-notice": "{bound} learns of {order}: {how}.",
    "picture-hearing": "Day set for the hearing about {order}.",
    "picture-end": "{order}: last day on the paper.",
    "picture-extended": "{order}: new last day, as the court extended it.",
    "picture-concluded": "{order}: last day by law.",
    "picture-both": "{order}: last day, on the paper and by law.",
    "picture-no-fixed-day": "{order}: the law fixes no last day.",
    "picture-open": "{order}: the story shows no last day.",
    "picture-open-blank": "{order}: the place for the last day is blank on the paper.",
    "picture-open-until-further-order": "{order}: the paper says that it runs until further order.",
    "picture-open-extended": "{order}: extended, and no last day is shown.",
    "picture-asked": "This is the day the question asks about.",
    "picture-gap": "From {first} to {last} no order stands on paper.",
    "picture-mark": "{when}, mark {n}: {says}",
    "picture-moment": "{when}: {says}",
    "picture-hour": "{day}, {hour}",
    "picture-through": "{said}, through {through}",
    "picture-children": "all children under {age}",
    "picture-nobody": "nobody the story names",
    "picture-case-criminal": "A criminal case against {against} begins.",
    "picture-case-civil": "A civil case against {against} begins.",
    "picture-key-paper": "an order, to the last day on paper",
    "picture-key-extended": "longer, because the court extended it",
    "picture-key-concluded": "by law, not shown on the paper",
    "picture-key-after": "on the paper only: by law it has ended",
    "picture-key-open": "an order without a last day",
    "picture-key-notice": "the restrained person learns of it",
    "picture-key-hearing": "day set for a hearing",
    "picture-key-concluded-end": "the last day by law",
    "picture-key-event": "something that happens",
    "picture-key-gap": "no order on paper",
    "picture-key-asked": "the day asked about",
    "picture-scale": "Time runs down the page. Not to scale.",
    "picture-arrow": "{order}, {label}: {bound} must obey it, toward {protected}.",
    "picture-arrow-label": "{letter}: {label}",
    "picture-no-arrows": "This story tells of no order.",
    "picture-words": "This picture in words",
    "picture-case": "Picture of the case",
    "picture-answer": "The answer in a picture",
    "picture-start": "{day}: the order is made.",
    "picture-start-left-out": "{day}: the order is made. This day is not counted.",
    "picture-start-counted": "{day}: the order is made. This day is counted.",
    "picture-written": "{day}: the last day as written.",
    "picture-counted-one": "{first}: counted as day {n}.",
    "picture-counted": "{first} to {last}: counted as days {n} to {m}.",
    "picture-weekend": "Saturday, {first}, and Sunday, {last}: the court is closed.",
    "picture-weekend-counts": "Saturday, {first}, and Sunday, {last}: the court is closed. "
    "In this count these days are counted all the same.",
    "picture-closed": "{day}: {name}, the court is closed.",
    "picture-closed-counts": "{day}: {name}, the court is closed. In this count the day is counted all the same.",
    "picture-last": "{day}: the last day.",
    "picture-last-moved": "{day}: the last day, moved here because the court is closed before.",
    "picture-key-start": "the order is made",
    "picture-key-written": "last day as written",
    "picture-key-counted": "counted, with its number",
    "picture-key-closed": "the court is closed",
    "picture-key-last": "the last day",
    # the progress page
    "progress-title": "Your progress",
    "progress-intro": "This page counts what you have answered in the notebooks beside it. It reads the answers files "
    "on this machine and sends nothing. Reload it to see newer answers.",
    "progress-empty": "Nothing answered yet. Start with",
    "progress-empty-plain": "Nothing answered yet.",
    "progress-none": "There is no practice beside this page. Open it in the folder that holds your course.",
    "progress-practice": "Practice",
    "progress-practice-caption": "Your first try is kept, however often you try again.",
    "progress-set": "Practice set",
    "progress-quizzes": "Quizzes for a grade",
    "progress-quizzes-caption": "What is right here you learn from your instructor.",
    "progress-quiz": "Quiz",
    "progress-column-answered": "Answered",
    "progress-column-first": "Right at first try",
    "progress-column-now": "Right now",
    "progress-column-handed": "Handed in",
    "progress-of": "{n} of {total}",
    "progress-of-answered": "{n} of the {answered} answered",
    "progress-not-begun": "not started",
    "progress-not-handed": "Not handed in from this machine",
    "progress-handed": "Handed in on {time}",
    "progress-changed": "Handed in on {time}. You changed answers after that. Hand it in again to count them.",
    "progress-topics": "Practice by topic",
    "progress-bars": "How far you are in each topic: a box for each question",
    "progress-topic": "{topic} {parts}.",
    "progress-part-right": "{n} right now",
    "progress-part-again": "{n} to look at again",
    "progress-part-written": "{n} in your own words",
    "progress-part-open": "{n} not answered yet",
    "progress-key-right": "right now",
    "progress-key-again": "to look at again",
    "progress-key-written": "in your own words",
    "progress-key-open": "not answered yet",
    "progress-again": "Rules to look at again first",
    "progress-again-why": "Each stands behind an answer that is not right yet. You can try again as often as you like.",
    "progress-more": "{n} more",
    "progress-sure": "You were very sure here.",
    "progress-note": "{file}: {note}",
    "progress-alone": "{file}: its notebook is not beside it, so it is not counted.",
    "progress-bad-notebook": "{file}: this notebook of the course cannot be read. Get a fresh copy of it.",
    # the learner's seat: order questions, folded stories, progress
    "choose-order": "Put these in order, the earliest first. Use the buttons to move a line up or down.",
    "order-first": "Move a line, or choose “Use this order”, first.",
    "order-up": "Move up",
    "order-down": "Move down",
    "order-place": "Place {place} of {total}",
    "order-keep": "Use this order",
    "order-moved": "{text} Now place {place} of {total}.",
    "story-show": "Show this story",
    "story-again": "The same story again: {title}",
    "instead-link": "Another story on the same rule: question {number}",
    "instead-none": "You can leave this question out. Practice is never graded.",
    "instead-quiz": "You would rather not read it? Ask your instructor for another question. You need not say why.",
    "first-kept": "Your first answer is kept beside the later ones.",
    "progress": "{answered} of {total} answered, saved {time}",
    "progress-not-begun-yet": "0 of {total} answered",
    "changed-elsewhere": "This answer was changed in another window or from a file. What you see now is what counts.",
    "open-title": "Still open",
    "open-none": "You have answered every question.",
    "not-answered-yet": "{number} is not answered yet.",
    # the learner's seat: the answers file
    "answers-title": "Your answers",
    "validate-help": "Before you hand in: the button “Validate” at the top names every question that is still open.",
    "code-line": "{answered} of {total} answers saved at {time}. Receipt: {code}.",
    "code-help": "The code of the receipt belongs to exactly these answers. Write it down if you like.",
    "load": "Load my answers file",
    "clear": "Clear my answers",
    "undo": "Undo",
    "keep": "Keep everything as it is",
    "merge": "Put both together. For each question the later answer counts.",
    "replace": "Put the file in the place of my answers here",
    "adopt": "Yes, these are mine. Go on with them here.",
    "clear-yes": "Clear them. A copy stays here, and you can take them back.",
    "erase": "Clear them for good. No copy stays here.",
    "clear-ask": "Answers here: {count}. Do you want to clear them all?",
    "clear-copies": "No answer is saved now. Copies of older answers: {count}. Do you want to clear these too?",
    "erase-ask": "This cannot be undone. It also clears the older copies of your answers that are kept here. "
    "What you handed in or downloaded is not touched. "
    "If you still need your answers, keep everything for now and download them first.",
    "erase-yes": "Yes, clear them for good",
    "erase-done": "Your answers are cleared for good. No copy of them stays here.",
    "erase-left": "These older files are still there: {files}. "
    "They hold another name, or they could not be read or removed.",
    "clear-done": "Your answers are cleared.",
    "clear-none": "There is nothing to clear: no answer is saved yet.",
    "load-done": "Loaded. {answered} of {total} answered.",
    "load-same": "The file holds the same answers as this page. Nothing changed.",
    "load-kept": "Nothing changed. Your answers are as they were.",
    "load-nothing-changed": "Nothing changed here.",
    "load-empty": "The file holds no answers.",
    "load-none-fits": "None of its answers belongs to a question of this quiz.",
    "load-other-quiz": "This file belongs to the quiz “{found}”. This quiz is “{wanted}”. "
    "Open the other quiz and load the file there.",
    "load-from-practice": "This file is from practice. This is the quiz, and practice does not count here. "
    "To see those answers, open the practice and load the file there.",
    "load-from-quiz": "This file is from the quiz. Here you practice, and nothing is graded. "
    "Open the quiz and load the file there.",
    "load-other-learner": "This file belongs to “{found}”. You are signed in as “{wanted}”, "
    "and this quiz counts only under that name. If both are you, ask your instructor.",
    "load-other-version": "The file comes from another version of this quiz. "
    "Answers in it: {count}. Of these still fit: {fitting}.",
    "load-whose": "The file carries the name “{found}”. Here you are “{here}”. "
    "Answers in it that fit this quiz: {fitting}. Are these yours?",
    "load-ask": "Answers in the file: {file}, saved {time}. Answers here: {mine}. "
    "Questions answered differently: {differ}. What shall count?",
    "load-reading": "Reading the file.",
    "load-too-large": "This file is larger than {limit} KB, so it is no answers file. Nothing changed here.",
    "load-not-read": "The browser cannot read this file. Nothing changed here.",
    "kept-aside": "The older answers are kept in the file {file}.",
    "undo-done": "Taken back. {answered} of {total} answered.",
    "undo-nothing": "There is nothing to take back.",
    "time-unknown": "at an unknown time",
    # the feedback page of a graded quiz; its other headings are those of the page of a question
    "feedback": "Feedback",
    "feedback-decides": "What decides it in the story",
    "feedback-for": "For {learner}.",
    "feedback-score": "Score: {score} of {most}.",
    "feedback-late": "Taken off because the quiz came in late: {points}.",
    "feedback-waiting-1": "1 text still waits for a person, so the score may rise.",
    "feedback-waiting": "{count} texts still wait for a person, so the score may rise.",
    "feedback-files": "About the files you handed in",
    "feedback-again": "Worth a second look",
    "feedback-beliefs": "Some of your answers rest on a belief that many people hold and that the law does not share:",
    "feedback-question": "Question {number}",
    "feedback-wrong": "Not right.",
    "feedback-unanswered": "No answer.",
    "feedback-wrong-variant": "This answer belongs to another form of the question, so it earns nothing.",
    "feedback-given": "Everybody gets full marks for this question.",
    "feedback-by-hand": "This text waits for a person.",
    "feedback-marked": "A person marked this text.",
    "feedback-earned": "{points} of {most}.",
    "feedback-changed": "A person looked at this answer and set the points.",
    "feedback-text": "Your text",
    "feedback-answer": "Your answer",
    "feedback-right-answer": "The right answer",
    "feedback-comment": "What the person who marked it wrote",
    # the learners' site
    "receipt-browser": "To hand in, choose “Download my answers” and send the file {file}.",
    "receipt-practice-browser": "This is practice. Your answers stay here, and nothing is handed in. "
    "For a copy of your own, choose “Download my answers”.",
    "site-title": "Protective orders: learn who may do what",
    "site-lead": "Short stories about no-contact orders and restraining orders. "
    "Read a story, choose an answer, see why.",
    "site-nothing": "There is nothing to install, and you need no account.",
    "site-home": "All exercises",
    "site-practice": "Practice",
    "site-practice-lead": "Each answer is explained at once. Try as often as you like.",
    "site-tools": "Look closer",
    "site-tool": "Exercise",
    "site-quizzes": "Quizzes",
    "site-quizzes-lead": "Your instructor grades these. Nothing is explained until your instructor gives it back.",
    "site-count": "{count} questions",
    "site-count-1": "1 question",
    "site-content": "What the stories hold",
    "site-print": "Print it",
    "site-answers": "Where your answers stay",
    "site-answers-1": "Your answers stay in this browser, on this machine. This page sends them to nobody.",
    "site-answers-2": "Anybody who uses this browser after you can see them. "
    "On a shared machine, download your answers and then clear them for good.",
    "site-answers-3": "A private window, or a browser that clears itself, forgets them when it is closed.",
    "site-answers-4": "Another machine does not have them. The file that you download does.",
    "site-answers-5": "Do not write about real people or real cases here.",
    "site-hand-in": "To hand in a quiz, choose “Download my answers” at its end. "
    "Then send that file to your instructor. It does not hold your name.",
    "site-start": "The first start",
    "site-start-1": "An exercise takes about ten seconds to start. You can read the first story while you wait.",
    "site-start-2": "It was tested in Chromium, on which Chrome and Edge are built, "
    "and its main parts in Firefox. It was not tested in Safari.",
    "site-old": "This browser cannot run the exercises. You can still read and print them.",
    "site-old-link": "Go to the pages to print",
    "site-slow": "Still starting. A slow machine may need a minute. If no question comes, reload this page. "
    "You can also read and print the stories:",
    "site-not-kept": "This browser keeps no files for this page. You can practise, but download your answers before "
    "you close an exercise.",
    "site-paper": "On paper",
    "site-paper-lead": "The same stories and questions as plain pages. They work in any browser, and without scripts.",
    "site-paper-name": "Name",
    "site-paper-choose": "Mark your answer with a pen.",
    "site-paper-practice": "Read each story and answer the question below it. Where a date is asked, a calendar helps.",
    "site-paper-date": "Write a date on the line.",
    "site-paper-order": "Number these, the earliest first. Write 1, 2, 3 and so on in the boxes.",
    "site-paper-written": "Write your answer in the space below. Use another sheet if you need more room.",
    "site-paper-kept": "Your instructor has the answers to these questions.",
    "site-paper-code": "Question {item}, version {variant}",
    "site-help": "Help",
    "site-back": "Back to the first page",
    "site-advice": "This is training material, not legal advice. All people and stories are made up.",
    "site-how-practice": "* Choose an answer, say how sure you are, and check it. The reason comes at once.\n"
    "* You can try again as often as you like. Your first answer is kept beside the later ones.\n"
    "* Your answers stay in this browser, on this machine. At the end you can download a copy.",
    "site-how-quiz": "* Every choice is saved at once, in this browser, on this machine.\n"
    "* You can change an answer until you hand the quiz in.\n"
    "* To hand in, choose “Download my answers” at the end. Then send that file to your instructor.",
}


class _Words(Mapping[str, str]):
    """The catalogue in the language that is chosen now."""

    def __getitem__(self, key: str) -> str:
        return _translations(language()).pgettext(key, ENGLISH[key])

    def __iter__(self) -> Iterator[str]:
        return iter(ENGLISH)

    def __len__(self) -> int:
        return len(ENGLISH)


WORDS: Mapping[str, str] = _Words()


class Said(str):
    """A sentence that knows how it came about, so that it can be said again in another language."""

    __slots__ = ("key", "values")

    key: str
    values: dict[str, Any]


def say(key: str, **values: Any) -> str:
    """A sentence of the catalogue with its gaps filled."""
    said = Said(WORDS[key].format(**values))
    said.key, said.values = key, values
    return said


def again(text: str) -> str:
    """A sentence said before, in the language chosen now; text from elsewhere stays as it is."""
    if not isinstance(text, Said):
        return text
    return say(text.key, **{name: again(value) for name, value in text.values.items()})


def language() -> str:
    """The language of the front end: the one chosen on the page, else the one the surroundings ask for."""
    return _chosen or asked_for() or "en"


def asked_for() -> str:
    """The language the surroundings ask for, by the first of these variables that is set; empty if we lack it."""
    names = ("GRADER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return known(next((os.environ[name] for name in names if os.environ.get(name)), ""))


def known(code: object) -> str:
    """The language of the catalogue behind a code such as es-MX or es_US.UTF-8; empty if there is none."""
    short = code.lower().replace("_", "-").replace(".", "-").partition("-")[0] if isinstance(code, str) else ""
    return short if short in LANGUAGES else ""


def use(code: str | None) -> None:
    """Speak this language from now on; None: the one the surroundings ask for."""
    global _chosen
    _chosen = known(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while."""
    before = _chosen
    use(code)
    try:
        yield
    finally:
        use(before)


def day(when: date) -> str:
    """A date as people read it in the language chosen now: June 10, 2026; 10 de junio de 2026."""
    return say("day", month=WORDS[f"month-{when.month}"], day=when.day, year=when.year)


_chosen = ""


@cache
def _translations(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [code], fallback=True)
