using VirtualView.Core.Blocks;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// One version while someone uses it: an open handle, or a request under way. All that is read of it goes through here,
/// so that N readers cause one request.
/// </summary>
internal sealed class PinnedVersion(FileVersion version, VirtualPath path, IPayload payload, int blockSizeBytes, TransferRecord transfers, bool mayLearn)
{
    private int _isProving;

    public FileVersion Version { get; } = version;

    /// <summary>Where it was opened, for messages.</summary>
    public VirtualPath Path { get; } = path;

    public IPayload Payload { get; } = payload;

    public int BlockSizeBytes { get; } = blockSizeBytes;

    /// <summary>A racy version is used but never stored.</summary>
    public bool IsStored { get; } = version.Replicas[0].Validator.Strength != ValidatorStrength.Racy;

    public BlockTable Blocks { get; } =
        new(payload, blockSizeBytes, version.Replicas[0].Validator.Strength != ValidatorStrength.Racy);

    public AcceptedValidators Accepted { get; } = new(version, mayLearn);

    public TransferRecord Transfers { get; } = transfers;

    /// <summary>False when its blocks are being proved already.</summary>
    public bool TryBeginProof() => Interlocked.Exchange(ref _isProving, 1) == 0;

    public void EndProof() => Volatile.Write(ref _isProving, 0);

    /// <summary>Who holds it. Guarded by the table of pinned versions.</summary>
    public int Holders { get; set; }
}
