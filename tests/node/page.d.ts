// What the pages' scripts ask of what a selector or an event has found. TypeScript knows it as any
// Element; the pages know which one it is. A name that no element has is still a fault.
interface Element {
  cells: HTMLCollectionOf<HTMLTableCellElement>;
  checked: boolean;
  content: any; // <meta> has words there, <template> a fragment
  dataset: DOMStringMap;
  focus(options?: FocusOptions): void;
  hash: string;
  hidden: any; // boolean, and for HTMLElement also "until-found"
  href: any; // a link has words there, a shape in SVG an animated string
  labels: NodeListOf<HTMLLabelElement>;
  open: boolean;
  select(): void;
  src: string;
  tabIndex: number;
  value: any; // a field has words there, a row of a list a number
}
interface EventTarget {
  closest(selectors: string): Element | null;
}
interface Event {
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  button: number;
  key: string;
}
// TypeScript doesn't know the tab's history (HTML Standard, 7.2.6) yet.
interface Window {
  navigation?: {
    activation: { navigationType: string } | null;
    currentEntry: { index: number };
    entries(): { id: string }[];
  };
  searchBox: any; // what the search's scripts, which are fetched one after the other, hand on
  searchHits: any;
  searchIndex: any;
  searchModule: any;
  searchPage: any;
  searchText: any;
  CSSMarginRule: any; // CSS Paged Media: not in TypeScript's own list
}
