namespace VirtualView.Engine.Polling.Deletions;

/// <summary>What to do with what a listing lacks.</summary>
internal enum DeletionMode
{
    /// <summary>Believed, unless it is too much.</summary>
    Decide,

    /// <summary>Noted only: all of a round is looked at together.</summary>
    Defer,

    /// <summary>Believed: someone said so.</summary>
    Accept,
}
