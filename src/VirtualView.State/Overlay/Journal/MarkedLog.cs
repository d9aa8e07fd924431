namespace VirtualView.State.Overlay.Journal;

/// <summary>What is known of the log from beside it.</summary>
/// <param name="Salt">Of the filling that is meant.</param>
/// <param name="Kept">Frames that must be in it: all that were committed, or after a loss of power all that were synced.</param>
/// <param name="Copied">Frames of which the database itself has what they hold.</param>
internal readonly record struct MarkedLog(ulong Salt, uint Kept, uint Copied);
