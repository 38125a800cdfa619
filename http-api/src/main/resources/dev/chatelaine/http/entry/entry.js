// The entry page's comfort: many lines, files, and answers that do not lose what was typed. Without it the form is a
// plain form of one line.

const form = document.getElementById("entry");
if (form) {
  begin(form);
}

function begin(form) {
  const notice = document.getElementById("notice");
  const button = document.getElementById("store");
  const field = valueField(document.getElementById("field"), document.getElementById("value"));
  showLocalTime(document.getElementById("expires"));
  const watch = watchTicket(notice);

  form.addEventListener("submit", event => {
    event.preventDefault();
    send(null);
  });

  async function send(replacing) {
    const value = field.value();
    if (value === "") {
      say(notice, "Nothing was entered. Enter the value.");
      field.wrong();
      return;
    }
    button.disabled = true;
    try {
      const fields = new URLSearchParams({ token: form.elements.token.value, value });
      if (replacing !== null) {
        fields.set("replacing", replacing);
      }
      await answered(await fetch(location.href, {
        method: "POST", body: fields, headers: { Accept: "application/json" }, cache: "no-store",
      }));
    } catch {
      say(notice, ended);
    } finally {
      button.disabled = false;
    }
  }

  async function answered(response) {
    if (response.ok) {
      watch.stop();
      field.clear();
      finish("Stored. You can close this page.", "Whoever asked for it sees that it is there, and nothing of the value.");
      return;
    }
    const problem = await response.json().catch(() => ({}));
    if (response.status === 409) {
      await conflict(problem);
    } else if (response.status === 410) {
      watch.stop();
      field.clear();
      finish("This link cannot be used", problem.detail);
    } else {
      say(notice, problem.detail ?? "It could not be stored. Try again.");
      field.wrong();
    }
  }

  async function conflict(problem) {
    const present = await fetch(location.href, { headers: { Accept: "application/json" }, cache: "no-store" })
      .then(response => response.ok ? response.json() : null);
    if (!present || !present.changed) {
      say(notice, problem.detail);
      return;
    }
    const since = present.changed_at ? ` (${new Date(present.changed_at).toLocaleString()})` : "";
    const where = present.endpoint ? ` Its key is sent to ${present.endpoint} now.` : "";
    say(notice, `Somebody changed it since this page was opened${since}.${where} What you typed is still here.`);
    notice.append(
      action("Replace it with mine", () => { say(notice, ""); send(present.revision); }),
      action("Leave it as it is", () => {
        watch.stop();
        field.clear();
        finish("Nothing was stored", "You can close this page. The link works until it expires.");
      }));
    notice.querySelector("button").focus();
  }
}

const ended = "The program that asked for this has ended or cannot be reached. Nothing was stored. Ask the assistant"
  + " again for a new link.";

/** Looks every few seconds whether the ticket is still good, so that nobody types in vain. */
function watchTicket(notice) {
  let missed = 0;
  const timer = setInterval(async () => {
    try {
      const response = await fetch(location.href, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (missed > 1) {
        say(notice, "");
      }
      missed = 0;
      if (response.status === 410) {
        clearInterval(timer);
        finish("This link cannot be used", (await response.json()).detail);
      }
    } catch {
      missed++;
      if (missed === 2) {
        say(notice, ended);
      }
    }
  }, 4000);
  return { stop: () => clearInterval(timer) };
}

/** A field for one line, for many, or for a file; its value is what came, to the byte. */
function valueField(box, input) {
  const lines = element("textarea", { id: "value", name: "value", autocomplete: "off", spellcheck: false });
  lines.setAttribute("aria-describedby", "hint notice");
  lines.setAttribute("autocapitalize", "none");
  const held = element("div", { className: "held", tabIndex: -1, role: "group", ariaLabel: "The value" });
  let text = null;

  const many = element("input", { type: "checkbox", id: "many" });
  const manyLabel = element("label");
  manyLabel.append(many, "Several lines");
  const file = element("input", { type: "file", className: "visually-hidden", tabIndex: -1 });
  file.setAttribute("aria-hidden", "true");
  const ways = element("div", { className: "ways" });
  ways.append(manyLabel, action("Take a file…", () => file.click(), "plain"), file);
  box.append(ways);

  many.addEventListener("change", () => show(many.checked ? lines : input));
  file.addEventListener("change", () => take(file.files[0]));
  for (const field of [input, lines]) {
    field.addEventListener("paste", event => pasted(event, field));
    field.addEventListener("input", () => field.removeAttribute("aria-invalid"));
  }
  box.addEventListener("dragover", event => { event.preventDefault(); box.classList.add("dropping"); });
  box.addEventListener("dragleave", () => box.classList.remove("dropping"));
  box.addEventListener("drop", event => {
    event.preventDefault();
    box.classList.remove("dropping");
    const dropped = event.dataTransfer.files[0];
    dropped ? take(dropped) : hold(event.dataTransfer.getData("text/plain"), "The dropped text");
  });

  function show(field) {
    const shown = [input, lines, held].find(each => each.isConnected);
    if (shown !== field) {
      field.value = shown === held ? "" : shown.value;
      shown.value = "";
      shown.replaceWith(field);
      text = null;
    }
    many.checked = field === lines;
    field.focus();
  }

  // A field for one line drops line breaks, one for many changes them: such a text is kept apart as it came.
  function pasted(event, field) {
    const pasting = event.clipboardData.getData("text/plain");
    if (field.value === "" && /[\r\n]/.test(pasting.trimEnd())) {
      event.preventDefault();
      hold(pasting, "The pasted text");
    }
  }

  async function take(chosen) {
    if (!chosen) {
      return;
    }
    file.value = "";
    if (chosen.size > 65536) {
      say(document.getElementById("notice"), "The file is longer than 65,536 bytes, which is the most that a value may have.");
      return;
    }
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      hold(decoder.decode(await chosen.arrayBuffer()), chosen.name);
    } catch {
      say(document.getElementById("notice"), "The file is not text in UTF-8. Encode it, for example as base64, and take that.");
    }
  }

  function hold(content, from) {
    if (content === "") {
      return;
    }
    text = content;
    const count = content.split(/\r\n|\r|\n/).length;
    const name = element("bdi");
    name.textContent = from;
    const what = element("span");
    what.append(name, ` is ready: ${count === 1 ? "1 line" : count + " lines"}.`);
    held.replaceChildren(what, action("Remove", () => show(input), "plain"));
    say(document.getElementById("notice"), "");
    const shown = [input, lines].find(each => each.isConnected);
    if (shown) {
      shown.value = "";
      shown.replaceWith(held);
    }
    many.checked = false;
    held.focus();
  }

  return {
    value: () => text ?? (lines.isConnected ? lines.value : input.value),
    clear: () => { text = null; input.value = ""; lines.value = ""; },
    wrong: () => {
      const shown = [input, lines].find(each => each.isConnected);
      shown?.setAttribute("aria-invalid", "true");
      shown?.focus();
    },
  };
}

function finish(heading, text) {
  const page = document.getElementById("page");
  const title = element("h1", { textContent: heading, tabIndex: -1 });
  page.className = "end";
  page.replaceChildren(title, element("p", { textContent: text }));
  document.title = `${heading} · Chatelaine`;
  title.focus();
}

function say(notice, text) {
  notice.replaceChildren(...(text ? [element("p", { textContent: text })] : []));
}

function action(label, does, className = "") {
  const button = element("button", { type: "button", textContent: label, className });
  button.addEventListener("click", does);
  return button;
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

function showLocalTime(time) {
  time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
