namespace VirtualView.Torture.Tests.Damage;

internal enum DamageKind
{
    Flip,
    Truncate,
    Delete,
    Swap,
    Overwrite,
}
