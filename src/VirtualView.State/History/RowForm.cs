namespace VirtualView.State.History;

/// <summary>What a row says of its directory. The numbers are on disk: never change one.</summary>
internal enum RowForm
{
    /// <summary>All entries.</summary>
    Whole = 0,

    /// <summary>What to take from the next row of the same path, and to put to it.</summary>
    Step = 1,

    /// <summary>There is no such directory from this number on.</summary>
    Gone = 2,
}
