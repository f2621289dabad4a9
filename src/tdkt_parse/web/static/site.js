// What pages do beyond what HTML does: values and their places light each other up, keys, files that
// are dropped. Without it everything can be read, and every form works.
"use strict";

(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const typing = (element) => element && element.closest("input, textarea, select, [contenteditable]");

  // -- htmx: forms say their token in a header too; a refused form is shown as it came back

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf"]');
    if (token) event.detail.headers["X-CSRF-Token"] = token.content;
    // What says nothing is no part of an address.
    if (event.detail.verb === "get") {
      for (const [name, value] of Object.entries(event.detail.parameters)) {
        if (value === "") delete event.detail.parameters[name];
      }
    }
    // The answer is the page that a browser would get.
    event.detail.headers.Accept = "text/html";
  });
  let height = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    height = scrollY;
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    } else if (event.detail.xhr.status >= 400) {
      // Told on a page of its own.
      event.detail.shouldSwap = false;
      document.location.reload();
    }
  });
  // While a part is away the page is shorter: it is taken back to where it was.
  document.addEventListener("htmx:afterSwap", () => scrollTo({ top: height, behavior: "instant" }));
  document.addEventListener("htmx:afterSettle", () => {
    const field = document.querySelector("#form [autofocus]");
    if (field) field.focus();
    else if (current) focusValue(document.getElementById(current), true);
    prepare();
  });

  // -- a value and its places

  let lit = [];
  let current = null;

  const named = (element) => (element ? (element.dataset.v || "").split(" ").filter(Boolean) : []);

  function light(names) {
    for (const element of lit) element.classList.remove("lit");
    lit = [];
    for (const name of names) {
      for (const element of all(`[data-v~="${CSS.escape(name)}"]`)) {
        element.classList.add("lit");
        lit.push(element);
      }
    }
  }

  // Only the part is moved that holds the element, never the window under somebody's eyes.
  function bring(element) {
    const pane = element && element.closest(".original, .values");
    if (!pane) return;
    const inner = getComputedStyle(pane).overflowY === "auto" ? pane : null;
    const place = element.getBoundingClientRect();
    if (inner) {
      const frame = inner.getBoundingClientRect();
      if (place.top < frame.top + 20 || place.bottom > frame.bottom - 20) {
        inner.scrollTop += place.top - frame.top - frame.height / 3;
      }
    } else if (place.top < 0 || place.bottom > innerHeight) {
      element.scrollIntoView({ block: "center" });
    }
  }

  function innermost(target) {
    const element = target.closest("[data-v]");
    if (!element) return null;
    const names = named(element);
    return names.length ? { element, name: names[names.length - 1] } : null;
  }

  const idOf = (side, name) => document.getElementById(`${side}-${name.replaceAll("/", "-")}`);

  function follow(found) {
    light([found.name]);
    if (found.element.closest(".original")) bring(idOf("v", found.name));
    else bring(idOf("d", found.name));
  }

  let waiting = 0;
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const found = innermost(event.target);
    clearTimeout(waiting);
    if (!found) return;
    light([found.name]);
    // Who only passes over is not taken elsewhere.
    waiting = setTimeout(() => follow(found), 350);
  });
  document.addEventListener("focusin", (event) => {
    const found = innermost(event.target);
    if (found) {
      current = `v-${found.name.replaceAll("/", "-")}`;
      follow(found);
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#d-'], a[href^='#v-'], .original a[data-v]");
    if (!link) return;
    const address = link.getAttribute("href") || link.getAttribute("xlink:href") || "";
    const target = document.getElementById(address.slice(1));
    if (!target) return;
    event.preventDefault();
    light(named(target).slice(-1));
    bring(target);
    if (address.startsWith("#v-")) focusValue(target, true);
    else if (!matchMedia("(min-width: 900px)").matches) target.scrollIntoView({ block: "center" });
  });

  function focusValue(element, shown) {
    if (!element) return;
    current = element.id;
    element.focus({ preventScroll: true });
    if (shown) bring(element);
  }

  function step(by) {
    // What stands in a closed part has a place, and cannot be gone to.
    const values = all("#values .value, #values .note[id]").filter((one) => one.checkVisibility());
    if (!values.length) return;
    const at = values.findIndex((one) => one.id === current);
    const next = values[Math.min(values.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    focusValue(next, true);
    if (next.getBoundingClientRect().bottom > innerHeight || next.getBoundingClientRect().top < 0) {
      next.scrollIntoView({ block: "center" });
    }
  }

  // -- keys

  function press(link) {
    // What has just been put into the page is not htmx's until a moment later.
    if (window.htmx) htmx.process(link);
    link.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest && event.target.closest("form.correcting");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (event.key === "Escape") {
      const away = document.querySelector("[data-escape]");
      const keys = document.querySelector("details.keys[open]");
      if (keys) {
        event.preventDefault();
        keys.open = false;
      } else if (away) {
        event.preventDefault();
        press(away);
      } else if (typing(event.target)) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    } else if (event.key === "e") {
      const value = current && document.getElementById(current);
      const edit = value && value.querySelector("a.edit");
      if (edit) {
        event.preventDefault();
        press(edit);
      }
    } else if (event.key === "?") {
      const keys = document.querySelector("details.keys");
      if (keys) keys.open = !keys.open;
    } else {
      const wanted = all("[data-key]").find((one) => one.dataset.key === event.key);
      if (!wanted) return;
      event.preventDefault();
      if (wanted.matches("input")) wanted.focus();
      else press(wanted);
    }
  });

  // A choice filters at once; what is typed, when it is sent.
  document.addEventListener("change", (event) => {
    const form = event.target.matches("form[role=search] select") && event.target.form;
    if (form) form.requestSubmit();
  });

  // -- files that are chosen or dropped, and how much of them is sent

  function prepare() {
    const form = document.querySelector("form.uploading");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "yes";
    const zone = form.querySelector(".drop");
    const chosen = form.querySelector(".chosen");
    const inputs = all("input[type=file]", form);
    let dropped = [];

    const files = () => inputs.flatMap((one) => Array.from(one.files)).concat(dropped);
    const tell = () => {
      const count = files().length;
      chosen.textContent = count ? chosen.dataset.said.replace("{n}", count) : "";
    };
    for (const input of inputs) input.addEventListener("change", tell);

    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    for (const name of ["dragleave", "drop"]) {
      zone.addEventListener(name, () => zone.classList.remove("over"));
    }
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      const entries = Array.from(event.dataTransfer.items || [])
        .map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry())
        .filter(Boolean);
      dropped = dropped.concat(
        entries.length ? (await Promise.all(entries.map(within))).flat() : Array.from(event.dataTransfer.files),
      );
      tell();
    });

    async function within(entry) {
      if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
      const reader = entry.createReader();
      let found = [];
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) return found;
        found = found.concat((await Promise.all(some.map(within))).flat());
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const sent = files();
      if (!sent.length) return;
      const data = new FormData();
      data.append("csrf", form.querySelector("[name=csrf]").value);
      for (const file of sent) data.append("files", file, file.name);
      const request = new XMLHttpRequest();
      const button = form.querySelector("button.main");
      button.disabled = true;
      request.upload.addEventListener("progress", (progress) => {
        const part = progress.total ? Math.round((100 * progress.loaded) / progress.total) : 0;
        chosen.textContent = chosen.dataset.sending.replace("{n}", part);
      });
      request.addEventListener("load", () => {
        if (request.status < 400) document.location.assign(request.responseURL || "/uploads");
        else {
          button.disabled = false;
          const page = new DOMParser().parseFromString(request.responseText, "text/html");
          const told = page.querySelector(".problem");
          chosen.textContent = told ? told.textContent.trim().replace(/\s+/g, " ") : String(request.status);
        }
      });
      request.addEventListener("error", () => {
        button.disabled = false;
        chosen.textContent = "…";
      });
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "text/html");
      request.setRequestHeader("X-CSRF-Token", form.querySelector("[name=csrf]").value);
      request.send(data);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.classList.add("scripted");
    prepare();
    if (matchMedia("(min-width: 700px)").matches) {
      for (const one of all("details[data-wide]")) one.open = true;
    }
    // On a phone the menu is a line that is pushed.
    const menu = document.querySelector(".top nav");
    const chosen = menu && menu.querySelector("[aria-current]");
    if (chosen) menu.scrollLeft = chosen.offsetLeft - menu.offsetLeft - 20;
    const target = document.location.hash.slice(1) && document.getElementById(document.location.hash.slice(1));
    if (target && target.classList.contains("value")) {
      focusValue(target, true);
      light(named(target));
    }
  });
})();
