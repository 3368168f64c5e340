// What the console says and asks: short messages that go by themselves, and questions that wait for an answer.

import { html, nothing, render } from 'lit';

let box;
let next = 0;
let said = [];

function draw() {
  box ??= document.body.appendChild(Object.assign(document.createElement('div'), { className: 'messages' }));
  box.setAttribute('role', 'status');
  box.setAttribute('aria-live', 'polite');
  render(
    said.map(
      (one) => html`<div class="message ${one.kind}"><p>${one.text}</p>
        ${one.act ? html`<button class="plain" @click=${() => (drop(one.id), one.act())}>${one.action}</button>` : nothing}
        <button class="plain icon" aria-label="Close" @click=${() => drop(one.id)}>×</button></div>`,
    ),
    box,
  );
}

function drop(id) {
  said = said.filter((one) => one.id !== id);
  draw();
}

/** Says something; with `action` and `act` it has a button, such as *Undo*. */
export function say(text, { kind = '', action, act, seconds = 8 } = {}) {
  const id = ++next;
  said = [...said.slice(-2), { id, text, kind, action, act }];
  draw();
  if (seconds > 0) setTimeout(() => drop(id), seconds * 1000);
  return () => drop(id);
}

export const complain = (problem) => say(problem.message, { kind: 'bad', seconds: 12 });

/**
 * Asks in a dialog. `fields` are `{name, label, type?: 'text'|'textarea'|'select'|'checkbox', options?, required?, value?, hint?, must?}`;
 * `must` is a text that has to be typed. Answers with the values by name, or null if it was closed. If `act` is given
 * it is awaited while the dialog is open, and what it throws is shown in it.
 */
export function ask({ title, text = nothing, fields = [], confirm = 'OK', kind = '', act }) {
  return new Promise((resolve) => {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    let problem = null;
    let working = false;
    const close = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const send = async (event) => {
      event.preventDefault();
      if (working) return;
      const form = new FormData(event.target);
      const values = Object.fromEntries(
        fields.map((f) => [f.name, f.type === 'checkbox' ? form.has(f.name) : String(form.get(f.name) ?? '')]),
      );
      const wrong = fields.find((f) => f.must && values[f.name] !== f.must);
      if (wrong) {
        problem = new Error(`Type “${wrong.must}” to confirm.`);
        return show();
      }
      if (!act) return close(values);
      working = true;
      show();
      try {
        close((await act(values)) ?? values);
      } catch (e) {
        problem = e;
      } finally {
        working = false;
        if (dialog.open) show();
      }
    };
    const control = (f) => {
      const id = `ask-${f.name}`;
      if (f.type === 'textarea') return html`<textarea id=${id} name=${f.name} rows="4" maxlength=${f.max ?? 500} ?required=${f.required} .value=${f.value ?? ''}></textarea>`;
      if (f.type === 'select') return html`<select id=${id} name=${f.name}>${f.options.map(([value, name]) => html`<option value=${value} ?selected=${value === f.value}>${name}</option>`)}</select>`;
      if (f.type === 'checkbox') return html`<input id=${id} name=${f.name} type="checkbox" ?checked=${f.value}>`;
      return html`<input id=${id} name=${f.name} type=${f.type ?? 'text'} maxlength=${f.max ?? 200} ?required=${f.required} autocomplete="off" .value=${f.value ?? ''}>`;
    };
    const show = () =>
      render(
        html`<form method="dialog" @submit=${send}>
          <h2>${title}</h2>
          ${typeof text === 'string' ? html`<p>${text}</p>` : text}
          ${fields.map((f) => html`<div class="field ${f.type === 'checkbox' ? 'tick' : ''}"><label for="ask-${f.name}">${f.label}</label>${f.hint ? html`<p class="hint">${f.hint}</p>` : nothing}${control(f)}${problem?.of?.(f.name) ? html`<p class="fault" role="alert">${problem.of(f.name)}</p>` : nothing}</div>`)}
          ${problem ? html`<p class="fault" role="alert">${problem.message}</p>` : nothing}
          <div class="row end">
            <button type="button" class="plain" @click=${() => close(null)}>Cancel</button>
            <button class=${kind} ?disabled=${working}>${confirm}</button>
          </div>
        </form>`,
        dialog,
      );
    dialog.setAttribute('aria-label', title);
    dialog.addEventListener('cancel', (event) => (event.preventDefault(), close(null)));
    show();
    dialog.showModal();
    dialog.querySelector('input, textarea, select')?.focus();
  });
}
