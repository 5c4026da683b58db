// Copies an address, a link or a piece of code when a button with data-copy is
// pressed, and prints when one with data-print is.
//
// Lost without it: the buttons stay hidden. What they copy stands in a field
// beside them, to be selected by hand, and every browser can print.

const said = document.createElement('p');
said.className = 'vh';
said.role = 'status';
document.body.append(said);

for (const button of document.querySelectorAll('[data-copy], [data-print]')) button.hidden = false;

async function copy({ copy: text, copyAs }) {
  if (copyAs !== 'html') return navigator.clipboard.writeText(text || location.href);
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
    await copy(button.dataset);
  } catch {
    // No permission, or a page without https: the field beside it is selected.
    button.closest('div')?.querySelector('input, textarea')?.select();
    return;
  }
  said.textContent = button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = words;
    said.textContent = '';
  }, 2000);
});
