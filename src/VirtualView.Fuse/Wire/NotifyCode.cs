namespace VirtualView.Fuse.Wire;

/// <summary>What a message without a request says.</summary>
internal enum NotifyCode
{
    InvalInode = 2,

    /// <summary>Since 7.44: every name is looked up again before it is used.</summary>
    IncEpoch = 8,
}
