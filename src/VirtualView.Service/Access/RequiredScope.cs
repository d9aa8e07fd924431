namespace VirtualView.Service.Access;

/// <summary>Metadata of an endpoint: the least scope that may call it.</summary>
internal sealed record RequiredScope(ApiScope Scope);
