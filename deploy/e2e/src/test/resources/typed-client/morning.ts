// An agent's morning, as a program of somebody who has the API's description and nothing else.
import {
  BulkJobsApi,
  Configuration,
  JobState,
  Priority,
  ProblemFromJSON,
  ResponseError,
  SearchApi,
  TicketsApi,
  ViewsApi,
} from "./client";
import type { Attachment, BulkJob, Message, Problem, Ticket, TicketRow, ViewCount } from "./client";

const configuration = new Configuration({
  basePath: "https://desk.example",
  accessToken: async (): Promise<string> => "a token of the realm",
});
const tickets = new TicketsApi(configuration);
const views = new ViewsApi(configuration);
const jobs = new BulkJobsApi(configuration);
const search = new SearchApi(configuration);

/** How much waits where: counts are numbers, and may be "more than that". */
export async function counts(): Promise<string[]> {
  const page = await views.countViews({ view: ["unassigned", "my"] });
  return page.items.map((one: ViewCount) => `${one.code}: ${one.count}${one.more ? "+" : ""}`);
}

/** All rows of a view, page by page: `next` is there on every page, and null on the last one. */
export async function rows(view: string): Promise<TicketRow[]> {
  const all: TicketRow[] = [];
  let after: string | undefined;
  do {
    const page = await tickets.listTickets({ view, limit: 50, after });
    all.push(...page.items);
    const next: string | null = page.next;
    after = next ?? undefined;
  } while (after !== undefined);
  return all;
}

/** Who waits longest: a time is a Date, and null for a customer who does not wait. */
export function waitingSince(row: TicketRow): number {
  const since: Date | null = row.waitingSince;
  return since === null ? 0 : since.getTime();
}

/** Takes a ticket, unless somebody changed it meanwhile. The ETag is the answer's header. */
export async function take(id: string, me: string): Promise<Ticket> {
  const read = await tickets.getTicketRaw({ id });
  const eTag = read.raw.headers.get("ETag") ?? undefined;
  const before: Ticket = await read.value();
  if (before.assigneeId !== null) {
    return before;
  }
  return tickets.assignTicket({ id, ifMatch: eTag, assignmentRequest: { agentId: me, teamId: before.teamId } });
}

/** A change by merge patch: what is left out stays, null empties. */
export async function prioritise(ticket: Ticket, eTag: string): Promise<Ticket> {
  return tickets.patchTicket({
    id: ticket.id,
    ifMatch: eTag,
    ticketPatch: {
      priority: Priority.Urgent,
      queueId: null,
      tags: [...ticket.tags, "parcel"],
      fields: { orderNumber: "4711", parcels: 2, insured: true, lost: ["one", "two"] },
    },
  });
}

export type Answered = { message: Message } | { missed: true; problem: Problem } | { refused: Problem };

/** Answers what was read last; a problem says what stood in the way. */
export async function answer(ticket: Ticket, text: string, key: string): Promise<Answered> {
  const conversation = await tickets.listMessages({ id: ticket.id });
  const last: Message | undefined = conversation.items[conversation.items.length - 1];
  try {
    const message = await tickets.writeMessage({
      id: ticket.id,
      idempotencyKey: key,
      messageRequest: { kind: "PUBLIC_REPLY", bodyText: text, basedOnMessageId: last?.id, solve: true },
    });
    return { message };
  } catch (failure) {
    if (!(failure instanceof ResponseError)) {
      throw failure;
    }
    const problem: Problem = ProblemFromJSON(await failure.response.json());
    const where: string[] = (problem.errors ?? []).map((field) => `${field.pointer}: ${field.detail}`);
    console.log(problem.status.toFixed(), problem.title, where.join("\n"));
    return problem.code === "reply-outdated" ? { missed: true, problem } : { refused: problem };
  }
}

/** A file goes up as it is, and comes back as it was. */
export async function attach(ticket: Ticket, file: Blob): Promise<Blob> {
  const attachment: Attachment = await tickets.addAttachment({ id: ticket.id, file });
  const size: number = attachment.size;
  console.log(size, attachment.sha256);
  return tickets.downloadAttachment({ id: ticket.id, attachmentId: attachment.id });
}

/** Closes what is found, all at once, and tells how far that is. */
export async function closeAll(words: string, key: string): Promise<BulkJob> {
  const found = await search.searchTickets({ q: words });
  const ticketIds = found.items.map((hit) => hit.ticket.id);
  let job = await jobs.startBulkJob({
    idempotencyKey: key,
    bulkRequest: { ticketIds, change: { closure: { as: "CLOSED", reason: "Answered" }, addTags: ["closed-at-once"] } },
  });
  while (job.state === JobState.Running) {
    console.log(`${job.changed + job.refused + job.failed} of ${job.total}`);
    job = await jobs.getBulkJob({ id: job.id });
  }
  const items = await jobs.listBulkItems({ id: job.id, state: "REFUSED" });
  for (const item of items.items) {
    const why: string | null = item.code;
    console.log(item.ticketId, why ?? "done");
  }
  return job;
}
