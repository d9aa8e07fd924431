namespace VirtualView.Engine.Polling.Deletions;

/// <summary>How many files there are of a source, and how many entries more that may be its own.</summary>
internal readonly record struct FileCount(long Own, long Doubtful)
{
    public long Total => Own + Doubtful;

    public static FileCount operator +(FileCount left, FileCount right) => new(left.Own + right.Own, left.Doubtful + right.Doubtful);
}
