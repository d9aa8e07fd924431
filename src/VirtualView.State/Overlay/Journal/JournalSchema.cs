using System.Collections.Immutable;
using VirtualView.State.Database;

namespace VirtualView.State.Overlay.Journal;

/// <summary>All steps of the overlay's schema, in order and without a gap. A step that was released is never changed: add one.</summary>
internal static class JournalSchema
{
    public static readonly ImmutableArray<Migration> Steps =
    [
        new(1, "overlay", """
            CREATE TABLE inode (
                id     INTEGER PRIMARY KEY,
                record BLOB NOT NULL) STRICT;
            CREATE TABLE entry (
                parent   INTEGER NOT NULL,
                name     BLOB NOT NULL,
                target   INTEGER,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (parent, name)) STRICT, WITHOUT ROWID;
            CREATE TABLE attribute (
                inode    INTEGER NOT NULL,
                name     BLOB NOT NULL,
                value    BLOB NOT NULL,
                checksum INTEGER NOT NULL,
                PRIMARY KEY (inode, name)) STRICT, WITHOUT ROWID;
            CREATE TABLE used (
                id       INTEGER PRIMARY KEY CHECK (id = 1),
                greatest INTEGER NOT NULL,
                checksum INTEGER NOT NULL) STRICT;
            """),

        // NULL: not recorded.
        new(2, "what entries hide", "ALTER TABLE entry ADD COLUMN hidden BLOB"),
    ];
}
