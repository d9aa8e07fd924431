namespace VirtualView.Sources.Http.Writing;

/// <summary>How a web server is written to: with the addresses, credentials and connections that it is read with.</summary>
public sealed record HttpTargetOptions
{
    public required HttpSourceOptions Source { get; init; }

    /// <summary>
    /// Content up to here goes in one request where the server honours conditions on it; 0 to 64 MiB. Default 1 MiB. The
    /// condition is looked at before the body is sent, so somebody else may come in between for as long as that takes.
    /// </summary>
    public long MostBytesAtOnce { get; init; } = 1 << 20;

    /// <summary>How long a lock of ours outlives us. Only a look and a rename happen under it. 10 s to 1 h, default 1 min.</summary>
    public TimeSpan LockTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Everything that is wrong with these options, as <c>key: reason</c>.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Source.Problems()) yield return problem;
        if (MostBytesAtOnce is < 0 or > 64 << 20)
            yield return $"{nameof(MostBytesAtOnce)}: {MostBytesAtOnce} is not within 0 to 64 MiB";
        if (LockTime < TimeSpan.FromSeconds(10) || LockTime > TimeSpan.FromHours(1))
            yield return $"{nameof(LockTime)}: {LockTime} is not within 10 s to 1 h";
    }
}
