namespace VirtualView.State.Database;

/// <summary>What kind of trouble an error of SQLite is, by what is to be done.</summary>
internal enum DatabaseFailure
{
    /// <summary>The file is not what we wrote: set it aside and begin a new one.</summary>
    Damaged,

    /// <summary>Another process holds it: leave it, try again later.</summary>
    Locked,

    /// <summary>The disk or the folder refuses: tell the user.</summary>
    Refused,
}
