namespace VirtualView.Service.Answers;

/// <summary>The body of <c>POST /v1/cache/verify</c>; no body asks without repair.</summary>
public sealed record VerifyRequest(bool Repair);
