namespace VirtualView.Cache.Health;

/// <summary>Who met the trouble: each finds out by itself when it is over.</summary>
internal enum StorePart
{
    Puts,
    Checkpoints,
}
