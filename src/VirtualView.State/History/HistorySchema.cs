using System.Collections.Immutable;
using VirtualView.State.Database;

namespace VirtualView.State.History;

/// <summary>All steps, in order and without a gap. A step that was released is never changed: add one.</summary>
internal static class HistorySchema
{
    public static readonly ImmutableArray<Migration> Migrations =
    [
        new(1, "snapshots", """
            CREATE TABLE snapshot (
                number   INTEGER PRIMARY KEY,
                first    INTEGER NOT NULL,
                taken_at INTEGER NOT NULL,
                name     BLOB,
                checksum INTEGER NOT NULL) STRICT;
            CREATE TABLE directory (
                path     BLOB NOT NULL,
                number   INTEGER NOT NULL,
                form     INTEGER NOT NULL,
                modified INTEGER NOT NULL,
                listed   INTEGER NOT NULL,
                entries  BLOB NOT NULL,
                PRIMARY KEY (path, number)) STRICT;
            CREATE INDEX directory_number ON directory (number);
            """),
    ];
}
