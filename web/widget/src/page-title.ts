/** The number of unread messages in front of the page's title: "(2) The Complete Journey". */

const COUNT = /^\(\d+\+?\) /;

export class PageTitle {
  constructor(private readonly page: { title: string }) {}

  show(count: number): void {
    const plain = this.page.title.replace(COUNT, "");
    const title = count > 0 ? `(${count > 9 ? "9+" : count}) ${plain}` : plain;
    if (this.page.title !== title) this.page.title = title;
  }
}
