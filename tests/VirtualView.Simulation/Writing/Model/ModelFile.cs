using System.Collections.Immutable;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>
/// The bytes of a file. After a death they may be a mixture: at each place the byte of any of <see cref="Now"/>, until they
/// are read.
/// </summary>
/// <param name="Now">What it may be; one, unless a process died.</param>
/// <param name="SinceClose">What it was since its bytes were last acknowledged to survive the death of the process.</param>
/// <param name="SinceSync">The same for the loss of power.</param>
/// <param name="ZeroFrom">From here on it may be zero: it was made longer, perhaps after it was cut, before the power went, and nothing synced.</param>
internal sealed record ModelFile(ImmutableArray<byte[]> Now, ImmutableArray<byte[]> SinceClose, ImmutableArray<byte[]> SinceSync, int ZeroFrom = int.MaxValue)
{
    public static ModelFile Of(byte[] content) => new([content], [content], [content]);

    public static ModelFile New() => Of([]);

    public ModelFile With(Func<byte[], byte[]> change)
    {
        ImmutableArray<byte[]> now = [.. Now.Select(change)];
        return this with { Now = now, SinceClose = SinceClose.AddRange(now), SinceSync = SinceSync.AddRange(now) };
    }

    /// <summary>Another size, which is kept from the answer on; what was written before need not be.</summary>
    public ModelFile Resized(Func<byte[], byte[]> change)
    {
        var after = With(change);
        return after with { SinceClose = [.. SinceClose.Select(change), .. after.Now] };
    }

    public ModelFile Closed() => this with { SinceClose = Now };

    public ModelFile Synced() => this with { SinceClose = Now, SinceSync = Now, ZeroFrom = int.MaxValue };

    public ModelFile AfterKill() => this with { Now = SinceClose };

    public ModelFile AfterPowerLoss() => this with { Now = SinceSync, SinceClose = SinceSync, ZeroFrom = SinceSync.Min(content => content.Length) };

    /// <summary>Whether it may have that size, and those bytes where they are known.</summary>
    public bool Allows(SeenContent seen)
    {
        if (!AllowsSize(seen.SizeBytes)) return false;
        for (var at = 0; at < seen.SizeBytes; at++)
        {
            if (seen.ByteAt(at) is { } value && !Now.Any(content => at < content.Length && content[at] == value) && !(value == 0 && at >= ZeroFrom)) return false;
        }

        return true;
    }

    /// <summary>A file that grew when the power went may have grown by a part.</summary>
    public bool AllowsSize(long bytes) =>
        Now.Any(content => content.Length == bytes)
        || (ZeroFrom < int.MaxValue && Now.Min(content => content.Length) <= bytes && bytes <= Now.Max(content => content.Length));

    /// <summary>It is what was seen, if all of it was. Who sees it after the loss of power sees what the disk has.</summary>
    public ModelFile Resolved(SeenContent seen, bool isOnDisk)
    {
        if (!seen.IsWhole) return this;
        ImmutableArray<byte[]> one = [seen.Bytes];
        return new ModelFile(one, Now.Length > 1 ? one : SinceClose, isOnDisk ? one : Now.Length > 1 ? SinceSync.Add(seen.Bytes) : SinceSync);
    }
}
