customElements.define("parley-comments", class extends HTMLElement {});
