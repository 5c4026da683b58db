// Copies an address, a link or a piece of code when a button with data-copy is
// pressed, and prints when one with data-print is. A link with data-copy to a
// place on the page copies the address of that place.
//
// Lost without it: the buttons stay hidden. What they copy stands
// beside them, to be selected by hand, and every browser can print; a link puts
// the address into the browser's own field.

const said = document.createElement('p');
said.className = 'vh';
said.role = 'status';
document.body.append(said);

for (const button of document.querySelectorAll('[data-copy], [data-print]')) button.hidden = false;

// The lasting address, whatever language or preview the page is read in.
const place = (link) => new URL(link.hash, document.querySelector('link[rel=canonical]').href).href;

async function copy(button) {
  const { copy: text, copyAs } = button.dataset;
  if (copyAs !== 'html') return navigator.clipboard.writeText(button.hash ? place(button) : text || location.href);
  const plain = new DOMParser().parseFromString(text, 'text/html').querySelector('a');
  return navigator.clipboard.write([new ClipboardItem({
    'text/html': new Blob([text], { type: 'text/html' }),
    'text/plain': new Blob([`${plain.textContent} ${plain.href}`], { type: 'text/plain' }),
  })]);
}

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy], [data-print]');
  if (!button) return;
  if ('print' in button.dataset) {
    print();
    return;
  }
  const words = button.dataset.words ??= button.textContent;
  try {
    await copy(button);
  } catch {
    // No permission, or a page without https: what stands beside it is selected.
    const beside = button.closest('div')?.querySelector('code, textarea');
    if (beside?.select) beside.select();
    else if (beside) getSelection().selectAllChildren(beside);
    return;
  }
  said.textContent = button.textContent = button.closest('[data-done]').dataset.done;
  setTimeout(() => {
    button.textContent = words;
    said.textContent = '';
  }, 2000);
});
