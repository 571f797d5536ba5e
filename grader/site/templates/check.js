(function () {
  function show(id) { document.getElementById(id).hidden = false; }
  var able = typeof WebAssembly === "object" && typeof Worker === "function" && "noModule" in document.createElement("script") && "replaceAll" in String.prototype;
  if (!able) show("old");
  else if (!("serviceWorker" in navigator) || !window.isSecureContext) show("not-kept");
})();
