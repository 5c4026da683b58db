// On the page of all libraries: an address with a book in it
// (?book=The+Wild+Robot+Peter+Brown&isbn=9780316381994, as lists of books link
// to it in a hub of many libraries) makes each catalog link lead to that book.
//
// Lost without it: the links lead to the catalogs, and the reader types the
// title.

const question = new URLSearchParams(location.search);
const book = question.get('book');
const isbn = /^\d{13}$/.test(question.get('isbn')) ? question.get('isbn') : '';

if (book) {
  const line = document.querySelector('[data-look-for]');
  const words = JSON.parse(line.nextElementSibling.textContent);
  line.textContent = words['libraries-look-for'].replace('{book}', book);
  line.hidden = false;
  for (const link of document.querySelectorAll('a[data-isbn], a[data-search]')) {
    const { isbn: byNumber, search: byText } = link.dataset;
    if (isbn && byNumber) link.href = byNumber.replaceAll('{isbn}', isbn);
    else if (byText) link.href = byText.replaceAll('{query}', encodeURIComponent(book));
  }
}
