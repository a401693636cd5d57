-- Which blobs this service holds; their bytes are in a directory or in an S3 bucket.
create table blob (
    sha256    text        primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    size      bigint      not null,
    stored_at timestamptz not null
);

create index blob_age on blob (stored_at);

create table blob_reference (
    sha256     text        not null references blob,
    owner_kind text        not null,
    owner_id   uuid        not null,
    contact_id uuid,
    size       bigint      not null,
    created_at timestamptz not null,
    primary key (sha256, owner_kind, owner_id)
);

create index blob_reference_owner on blob_reference (owner_kind, owner_id);
create index blob_reference_contact on blob_reference (contact_id) where contact_id is not null;
