using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Core.Sources.Writing;

/// <summary>One file on its way to a target: all that its record in State knows, and its bytes.</summary>
public sealed record Upload
{
    public required WriterId Writer { get; init; }

    public required UploadId Id { get; init; }

    /// <summary>Where it is to be shown.</summary>
    public required VirtualPath Path { get; init; }

    /// <summary>A frozen cut: the same bytes however often they are read.</summary>
    public required IUploadContent Content { get; init; }

    public required UnixTime ModifiedAt { get; init; }

    /// <summary>What this content was made from, as other mounts read it; null for a file that is new.</summary>
    public UploadLineage? Lineage { get; init; }

    /// <summary>What the target already has of the content; null: all of it is sent.</summary>
    public DeltaBase? Over { get; init; }

    /// <summary>What <see cref="Keep"/> was given by an earlier attempt; null at the first.</summary>
    public string? Resume { get; init; }

    /// <summary>
    /// Called when the target has so much that a later attempt can go on from there; the text must be durable before
    /// the call returns. Only targets with <see cref="TargetAbilities.Resumes"/> call it.
    /// </summary>
    public Func<string, CancellationToken, ValueTask>? Keep { get; init; }
}
