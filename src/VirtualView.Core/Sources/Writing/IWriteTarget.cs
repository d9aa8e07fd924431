using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources.Writing;

/// <summary>
/// A source that takes what is written in the view. Nothing here ever destroys what the caller has not named: every
/// change is conditional on what is there. Expected failures are values; only cancellation is thrown, and what it
/// interrupted may have happened or not. One call is one attempt. All methods may be called at the same time from many
/// threads; the caller sees to it that no two changes of one path are under way. See docs/write-back.md.
/// </summary>
public interface IWriteTarget
{
    /// <summary>Of the source that shows what is written here.</summary>
    SourceId Id { get; }

    string Name { get; }

    /// <summary>
    /// The canary: proves with requests that must fail that conditions hold here, and finds out what else the target
    /// can. Leaves nothing behind. <see cref="WriteErrorKind.Unsupported"/> refuses it as a target.
    /// </summary>
    ValueTask<WriteOutcome<TargetAbilities>> ProveAsync(CancellationToken cancel);

    /// <summary>What is there now, also under a name that sources do not show; null when nothing is.</summary>
    ValueTask<WriteOutcome<TargetEntry?>> LookAsync(VirtualPath path, CancellationToken cancel);

    /// <summary>
    /// Brings the content to the target under a name that no reader sees, beside <see cref="Upload.Path"/>. May be
    /// repeated: what an earlier attempt of the same upload has left is gone on with, or replaced.
    /// </summary>
    ValueTask<WriteOutcome<StagedUpload>> StageAsync(Upload upload, CancellationToken cancel);

    /// <summary>
    /// Shows what was staged at its path, at once and as a whole, if the condition holds; else
    /// <see cref="WriteErrorKind.Changed"/>, and it stays staged.
    /// </summary>
    ValueTask<WriteOutcome<TargetEntry>> CommitAsync(Upload upload, StagedUpload staged, TargetCondition condition, CancellationToken cancel);

    /// <summary>
    /// Both in one, in the fewest round trips: for content up to <see cref="TargetAbilities.MostBytesAtOnce"/>. After
    /// <see cref="WriteErrorKind.Uncertain"/> the caller looks.
    /// </summary>
    ValueTask<WriteOutcome<TargetEntry>> PutAsync(Upload upload, TargetCondition condition, CancellationToken cancel);

    /// <summary>Makes a directory in one that exists. <see cref="WriteErrorKind.Changed"/> when the name is taken.</summary>
    ValueTask<WriteOutcome<TargetEntry>> MakeDirectoryAsync(VirtualPath path, CancellationToken cancel);

    /// <summary>
    /// Gives a file or a directory with all below it another name, if both still are what they are expected to be.
    /// </summary>
    /// <param name="expected">The file that is renamed; null for a directory.</param>
    ValueTask<WriteOutcome<TargetEntry>> RenameAsync(
        VirtualPath from, Validator? expected, VirtualPath to, TargetCondition condition, CancellationToken cancel);

    /// <summary>
    /// Removes the file that is <paramref name="expected"/>, or, with null, an empty directory. What is gone already
    /// is <see cref="WriteErrorKind.NotFound"/>.
    /// </summary>
    ValueTask<WriteOutcome<bool>> DeleteAsync(VirtualPath path, Validator? expected, CancellationToken cancel);

    /// <summary>Removes what one upload of this writer has staged, if it is there.</summary>
    ValueTask<WriteOutcome<bool>> DropAsync(Upload upload, CancellationToken cancel);

    /// <summary>
    /// Removes what dead uploads of a writer have left in a directory. Those of other writers stay: they may be alive.
    /// </summary>
    /// <returns>How many were removed.</returns>
    ValueTask<WriteOutcome<int>> ClearAsync(
        VirtualPath directory, WriterId writer, IReadOnlySet<UploadId> alive, CancellationToken cancel);
}
