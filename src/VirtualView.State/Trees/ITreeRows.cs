using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.State.Trees;

/// <summary>Where a tree is written to, a directory at a time.</summary>
internal interface ITreeRows
{
    /// <param name="before">What is there now; null for nothing, or for whatever it is.</param>
    void Put(VirtualPath path, DirectoryNode? before, DirectoryNode after);

    /// <summary>Takes a directory away, with all below it. Answers how many.</summary>
    int Remove(VirtualPath path, DirectoryNode before);

    int RemoveAll();
}
