using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.State.Database;
using VirtualView.State.Trees;

namespace VirtualView.State.History;

/// <summary>What is read of the history.</summary>
internal static class HistoryReader
{
    /// <exception cref="DamagedDatabaseException">A row of the directory is not what was written.</exception>
    public static Outcome<DirectoryNode> Read(StateDatabase database, long number, VirtualPath path)
    {
        var key = DirectoryKey.Of(path);
        if (NewestUpTo(database, key, number) is not { Form: not RowForm.Gone } head) return FileSystemError.NotFound;

        // From the seen row to the first one that is whole, then back.
        using var select = database.Command(
            "SELECT number, form, modified, listed, entries FROM directory WHERE path = $path AND number >= $number ORDER BY number");
        select.Parameters.AddWithValue("$path", key);
        select.Parameters.AddWithValue("$number", head.Number);
        using var row = select.ExecuteReader();
        var steps = new Stack<BackStep>();
        while (row.Read())
        {
            var read = HistoryRows.Read(row, path, key);
            if (read.Form == RowForm.Step)
            {
                steps.Push(read.Step!);
                continue;
            }

            if (read.Form == RowForm.Gone) break;
            IEnumerable<SnapshotNode> entries = read.Entries;
            foreach (var step in steps)
                entries = step.From(entries).ToList();
            return Directory(database, number, path, key, head, entries);
        }

        throw new DamagedDatabaseException($"the row of '{path}' leads nowhere");
    }

    public static ImmutableArray<VirtualPath> Changed(StateDatabase database, long older, long newer)
    {
        using var select = database.Command("SELECT DISTINCT path FROM directory WHERE number > $older AND number <= $newer");
        select.Parameters.AddWithValue("$older", older);
        select.Parameters.AddWithValue("$newer", newer);
        using var row = select.ExecuteReader();
        var paths = ImmutableArray.CreateBuilder<VirtualPath>();
        while (row.Read()) paths.Add(DirectoryKey.PathOf(row.GetFieldValue<byte[]>(0)));
        paths.Sort();
        return paths.ToImmutable();
    }

    private static DirectoryNode Directory(
        StateDatabase database, long number, VirtualPath path, byte[] key, RowHead head, IEnumerable<SnapshotNode> entries)
    {
        var timed = entries.Select(node => node is DirectoryNode ? Below(database, number, DirectoryKey.Below(key, node.Name), node.Name) : node);
        try
        {
            return head.IsListed
                ? DirectoryNode.Listed(path.Name, timed, head.ModifiedAt)
                : timed.Aggregate(DirectoryNode.Unknown(path.Name, head.ModifiedAt), (directory, child) => directory.With(child));
        }
        catch (ArgumentException e)
        {
            throw new DamagedDatabaseException($"'{path}': {e.Message}");
        }
    }

    private static DirectoryNode Below(StateDatabase database, long number, byte[] key, PathName name) =>
        DirectoryNode.Unknown(name, NewestUpTo(database, key, number)?.ModifiedAt ?? default);

    private static RowHead? NewestUpTo(StateDatabase database, byte[] key, long number)
    {
        using var select = database.Command(
            "SELECT number, form, modified, listed FROM directory WHERE path = $path AND number <= $number ORDER BY number DESC LIMIT 1");
        select.Parameters.AddWithValue("$path", key);
        select.Parameters.AddWithValue("$number", number);
        using var row = select.ExecuteReader();
        return row.Read() ? new RowHead(row.Integer(0), (RowForm)row.Integer(1), new UnixTime(row.Integer(2)), row.Integer(3) != 0) : null;
    }

    private sealed record RowHead(long Number, RowForm Form, UnixTime ModifiedAt, bool IsListed);
}
