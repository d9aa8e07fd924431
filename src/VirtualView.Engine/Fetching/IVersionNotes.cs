using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>What fetching finds out and the snapshot should know. Returns at once.</summary>
internal interface IVersionNotes
{
    /// <summary>A source answered that what it has at this path is not the expected version any more.</summary>
    void Lost(VirtualPath path);

    /// <summary>An answer of a replica told more of the version than its listing did.</summary>
    void Learned(VirtualPath path, VersionId version, Replica replica, Validator validator);
}
