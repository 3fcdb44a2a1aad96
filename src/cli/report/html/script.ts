/** Conveniences alone: the page is whole without it. It reads text and sets classes, and never makes markup. */
export const SCRIPT = `
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const form = one('.filter');
  const rows = all('#commands tbody tr').map((row) => ({ row, text: row.textContent.toLowerCase() }));
  const filter = () => {
    const status = form.elements.status.value;
    const text = form.elements.text.value.trim().toLowerCase();
    let shown = 0;
    for (const item of rows) {
      const fits = (!status || item.row.dataset.status === status) && item.text.includes(text);
      item.row.hidden = !fits;
      if (fits) shown++;
    }
    form.querySelector('output').textContent = shown.toLocaleString('en-US') + ' of ' + rows.length.toLocaleString('en-US');
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;

  const gantt = one('.gantt');
  const plot = one('.plot');
  const zoom = one('.zoom');
  let level = 1;
  let width = 0;
  zoom.addEventListener('click', (event) => {
    const by = Number(event.target.dataset.by);
    if (!by) return;
    if (level === 1) width = plot.clientWidth;
    level = Math.min(64, Math.max(1, level * by));
    if (level === 1) gantt.style.removeProperty('--plot');
    else gantt.style.setProperty('--plot', width * level + 'px');
  });
  zoom.hidden = false;

  const arrows = all('.arrows > svg');
  const light = (row) => {
    for (const arrow of arrows) {
      arrow.classList.toggle('lit', row !== undefined && (arrow.dataset.from === row || arrow.dataset.to === row));
    }
  };
  plot.addEventListener('pointerover', (event) => light(event.target.closest('[data-row]')?.dataset.row));
  plot.addEventListener('pointerleave', () => light(undefined));

  const open = () => {
    const details = location.hash && document.getElementById(location.hash.slice(1))?.closest('details');
    if (details) details.open = true;
  };
  addEventListener('hashchange', open);
  open();
})();
`;
