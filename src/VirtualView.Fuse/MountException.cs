namespace VirtualView.Fuse;

/// <summary>A mount cannot be made or ended. The message says what, where, and what to do.</summary>
public sealed class MountException(string what, string where, string whatToDo, Exception? cause = null)
    : Exception($"{where}: {what}; {whatToDo}", cause);
