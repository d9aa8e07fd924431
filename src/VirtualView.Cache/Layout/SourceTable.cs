using VirtualView.Core.Crashes;
using VirtualView.Core.Versions;

namespace VirtualView.Cache.Layout;

/// <summary>
/// Numbers the sources, because an entry has two bytes for its source. One UUID a line; a line's number never changes.
/// </summary>
internal sealed class SourceTable
{
    /// <summary>Sources past the last number, or when the file cannot be written.</summary>
    public const ushort Unknown = ushort.MaxValue;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<SourceId, ushort> _numbers = []; // guarded by _gate

    private long _lengthBytes; // of the lines that count; guarded by _gate

    private SourceTable(string path) => _path = path;

    public static SourceTable Load(string path)
    {
        var table = new SourceTable(path);
        try
        {
            Obstacles.ClearForFile(path);
            foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
            {
                // Torn or damaged: numbers after it cannot be trusted. Nor is a line found twice one of ours.
                if (!Guid.TryParse(line, out var id) || !table._numbers.TryAdd(new SourceId(id), (ushort)table._numbers.Count)) break;
                table._lengthBytes += line.Length + 1;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            StoreFormat.TryDelete(path);
        }

        return table;
    }

    public ushort NumberOf(SourceId source)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(source, out var known)) return known;
            if (_numbers.Count >= Unknown || !TryAppend(source)) return Unknown;
            return _numbers[source] = (ushort)_numbers.Count;
        }
    }

    private bool TryAppend(SourceId source)
    {
        try
        {
            Obstacles.ClearForFile(_path);
            using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            // Over what a full disk left of an earlier try: its end would make a bad line of this one.
            file.Position = _lengthBytes;
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{source}\n"));
            file.SetLength(file.Position);
            file.Flush(flushToDisk: true);
            CrashPoint.Reached(CrashPoints.CacheSourcesAppended);
            _lengthBytes = file.Position;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
