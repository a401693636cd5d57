// What a program may not do. Each line that is wrong says with which diagnostic of the compiler it is.
import { Configuration, TicketsApi, ViewsApi, BulkJobsApi } from "./client";
import type { Ticket, TicketRow, MessageRequest, Page, Problem } from "./client"; // TS2305: there is no page of anything

const configuration = new Configuration({ basePath: "https://desk.example" });
const tickets = new TicketsApi(configuration);

export async function mistakes(ticket: Ticket, row: TicketRow, problem: Problem): Promise<void> {
  ticket.assignee; // TS2551: a field of another name
  const stars: string = ticket.review!.stars!; // TS2322: a number is no text
  row.waitingSince.getTime(); // TS18047: nobody may be waiting
  const next: string = (await tickets.listTickets({})).next; // TS2322: null on the last page
  await tickets.patchTicket({ id: ticket.id, ifMatch: "*", ticketPatch: { priority: "HIGHEST" } }); // TS2322: no such word
  await tickets.patchTicket({ id: ticket.id, ticketPatch: {} }); // TS2345: without If-Match
  const unfinished: MessageRequest = { bodyText: "Hello" }; // TS2741: what kind?
  await tickets.patchTicket({ id: ticket.id, ifMatch: "*", ticketPatch: { fields: { a: { b: 1 } } } }); // TS2353: no value of a field
  await tickets.addAttachment({ id: ticket.id, file: "text" }); // TS2322: a file is no text
  await new ViewsApi(configuration).countViews({ view: "my" }); // TS2322: a list is asked for
  await new BulkJobsApi(configuration).startBulkJob({ bulkRequest: { view: "my" } }); // TS2741: nothing that is to happen
  if (problem.code === 409) { // TS2367: the code is a word
    console.log(stars, next, unfinished);
  }
}
