using VirtualView.Core.Versions;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// One reason to keep versions in the cache: what users pinned, what local files lie over, a kept snapshot. It counts
/// how often it holds a version. Disposed, it holds nothing any more.
/// </summary>
internal sealed class PinHolder(PinHolders all, string problem) : IDisposable
{
    public string Problem { get; } = problem;

    /// <summary>What it holds and how often. Guarded by <see cref="PinHolders"/>.</summary>
    internal Dictionary<VersionId, int> Counts { get; } = [];

    public void Hold(VersionId version) => all.Hold(this, version);

    public void LetGo(VersionId version) => all.LetGo(this, version);

    public void Dispose() => all.Remove(this);
}
