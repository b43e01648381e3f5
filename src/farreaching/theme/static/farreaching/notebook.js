// A place for an answer under every exercise, and a page that gathers them. They stay on the reader's device.
"use strict";

(() => {
  const PREFIX = "farreaching-note:";
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const REFUSED = "This browser keeps nothing here (a private window?). Copy your text before you leave the page.";

  const make = (tag, text = "", className = "") => {
    const node = document.createElement(tag);
    node.textContent = text;
    node.className = className;
    return node;
  };
  const clock = (when) => new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });

  // a record that something else wrote over is shown as it stands: nothing of it is lost
  const parse = (id, raw) => {
    try {
      const note = JSON.parse(raw);
      if (typeof note.text === "string") return { id, title: id, chapter: "", page: "", saved: "", ...note };
    } catch {
      // not ours any more
    }
    return { id, title: id, chapter: "", page: "", saved: "", text: raw, damaged: true };
  };
  const read = (id) => {
    const raw = localStorage.getItem(PREFIX + id);
    return raw === null ? null : parse(id, raw);
  };
  const write = ({ id, ...note }) => {
    if (note.text.trim()) localStorage.setItem(PREFIX + id, JSON.stringify(note));
    else localStorage.removeItem(PREFIX + id);
  };
  const all = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    .map((key) => read(key.slice(PREFIX.length)))
    .sort((one, other) => (one.page || one.id).localeCompare(other.page || other.id));

  // another tab wrote, or the page comes back as it was left: what it shows must not be older than what is kept
  const onChange = (update) => {
    addEventListener("storage", update);
    addEventListener("pageshow", (event) => event.persisted && update());
  };

  // ---- under an exercise
  const addBox = (section) => {
    const heading = section.querySelector(":scope > h2, :scope > h3, :scope > h4");
    const title = heading.cloneNode(true);
    for (const extra of title.querySelectorAll(".headerlink, .exercise-number")) extra.remove();
    const box = make("details", "", "notes");
    const summary = make("summary", "Your notes");
    const area = make("textarea");
    area.rows = 8;
    area.setAttribute("aria-label", `Your notes on ${title.textContent.trim()}`);
    const status = make("p", "Kept on this device only.", "notes-status");
    status.setAttribute("role", "status");
    let waiting = 0;
    let unsaved = false;
    const show = () => {
      let stored = null;
      try {
        stored = read(section.id);
      } catch {
        status.textContent = REFUSED;
        return;
      }
      area.value = stored?.text ?? "";
      if (!stored) return;
      box.open = true;
      status.textContent = stored.damaged ? "What was kept here is damaged; this is all of it." : `Kept on this device, ${clock(stored.saved)}.`;
    };
    show();
    const save = () => {
      clearTimeout(waiting);
      waiting = 0;
      const page = location.pathname.slice(root.pathname.length);
      const chapter = document.querySelector("article h1")?.firstChild.textContent ?? "";
      const saved = new Date().toISOString();
      try {
        write({ id: section.id, title: title.textContent.trim(), chapter, page: `${page}#${section.id}`, saved, text: area.value });
        unsaved = false;
        status.textContent = area.value.trim() ? `Kept on this device, ${clock(saved)}.` : "Nothing is kept.";
      } catch {
        status.textContent = REFUSED;
      }
    };
    area.addEventListener("input", () => {
      unsaved = true;
      clearTimeout(waiting);
      waiting = setTimeout(save, 400);
    });
    const finish = () => waiting && save();
    area.addEventListener("change", finish);
    addEventListener("pagehide", finish);
    onChange(() => unsaved || show());
    box.append(summary, area, status);
    // before the key, which is the instructor's
    const key = section.querySelector(":scope > .exercise-key");
    if (key) key.before(box);
    else section.append(box);
  };
  document.querySelectorAll("section.exercise").forEach(addBox);

  // ---- the page that gathers them
  const place = document.querySelector("div.notebook");
  if (!place) return;
  const course = document.querySelector(".sidebar-brand-text, .brand")?.textContent.trim() ?? "";
  const said = make("p", "", "notebook-status");
  said.setAttribute("role", "status");
  const list = make("div", "", "notebook-notes");

  const about = (note) => [note.chapter, note.saved && clock(note.saved)].filter(Boolean).join(" · ");
  const download = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const title = `Notebook: ${course}`;
  const asMarkdown = (notes) => [`# ${title}`, ...notes.map((note) => `## ${note.title}\n\n*${about(note)}*\n\n${note.text}`)].join("\n\n");

  const show = () => {
    const notes = all();
    list.replaceChildren();
    for (const note of notes) {
      const heading = make("h3");
      const link = make("a", note.title);
      if (note.page) link.href = new URL(note.page, root);
      heading.append(link);
      list.append(heading, make("p", note.damaged ? "This record is damaged; this is all of it." : about(note), "note-about"));
      list.append(make("div", note.text, "note-text"));
    }
    if (!notes.length) list.append(make("p", "No notes yet. Every exercise has a place for them, at its end."));
    for (const button of buttons.querySelectorAll(".needs-notes")) button.disabled = !notes.length;
  };

  const restore = async (file) => {
    let backup;
    try {
      backup = JSON.parse(await file.text());
      if (backup.format !== "farreaching-notebook" || typeof backup.notes !== "object" || backup.notes === null) throw new TypeError();
    } catch {
      said.textContent = `“${file.name}” is not a backup of a notebook, or is damaged. Nothing was changed.`;
      return;
    }
    let [added, kept] = [0, 0];
    for (const [id, note] of Object.entries(backup.notes)) {
      if (typeof note?.text !== "string") continue;
      const here = read(id);
      if (here?.text.includes(note.text)) continue;
      try {
        // both texts stay: which is the better one only their writer knows
        write({ ...note, id, text: here ? `${here.text}\n\n— From a backup —\n\n${note.text}` : note.text });
      } catch {
        show();
        said.textContent = `This browser has no room for more than ${added + kept} of the notes. Keep the backup.`;
        return;
      }
      if (here) kept += 1;
      else added += 1;
    }
    show();
    said.textContent = `${added} restored${kept ? `, ${kept} added below a note that was here` : ""}.`;
  };

  const actions = [
    ["Save for Word (DOCX)", () => {
      const notes = all().map((note) => ({ heading: note.title, about: about(note), text: note.text }));
      download("notebook.docx", writeDocx(title, notes));
    }],
    ["Save as Markdown", () => download("notebook.md", new Blob([`${asMarkdown(all())}\n`], { type: "text/markdown" }))],
    ["Print", () => print()],
    ["Save a backup", () => {
      const notes = Object.fromEntries(all().map(({ id, ...note }) => [id, note]));
      const text = JSON.stringify({ format: "farreaching-notebook", version: 1, notes }, null, 1);
      download("notebook-backup.json", new Blob([text], { type: "application/json" }));
    }],
    ["Delete all notes", () => {
      const notes = all();
      if (!confirm(`Delete ${notes.length} note${notes.length > 1 ? "s" : ""} from this device? A backup can bring them back.`)) return;
      for (const note of notes) localStorage.removeItem(PREFIX + note.id);
      show();
      said.textContent = "All notes are deleted.";
    }],
  ];
  const buttons = make("div", "", "notebook-actions");
  for (const [label, run] of actions) {
    const button = make("button", label, "needs-notes");
    button.type = "button";
    button.addEventListener("click", run);
    buttons.append(button);
  }
  const label = make("label", "Restore a backup ");
  const input = make("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.addEventListener("change", async () => {
    if (input.files.length) await restore(input.files[0]);
    input.value = "";
  });
  label.append(input);
  buttons.append(label);
  place.replaceChildren(buttons, said, list);
  try {
    show();
    onChange(show);
  } catch {
    said.textContent = "This browser keeps nothing for this page (a private window?), so there is no notebook here.";
    buttons.remove();
  }
})();
