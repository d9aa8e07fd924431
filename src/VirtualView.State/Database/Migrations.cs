using System.Collections.Immutable;

namespace VirtualView.State.Database;

/// <summary>All steps, in order and without a gap. A step that was released is never changed: add one.</summary>
internal static class Migrations
{
    public static readonly ImmutableArray<Migration> All =
    [
        new(1, "snapshot tree", """
            CREATE TABLE snapshot (
                id       INTEGER PRIMARY KEY CHECK (id = 1),
                number   INTEGER NOT NULL,
                taken_at INTEGER NOT NULL,
                checksum INTEGER NOT NULL) STRICT;
            CREATE TABLE directory (
                path     BLOB PRIMARY KEY NOT NULL,
                modified INTEGER NOT NULL,
                listed   INTEGER NOT NULL,
                entries  BLOB NOT NULL) STRICT;
            """),
    ];
}
