namespace VirtualView.Service.Access;

/// <summary>What a caller may do. Each scope includes those before it.</summary>
internal enum ApiScope
{
    None,
    Read,
    Write,
    Admin,
}
