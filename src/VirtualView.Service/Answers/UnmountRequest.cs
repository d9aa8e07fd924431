namespace VirtualView.Service.Answers;

/// <summary>The body of <c>POST /v1/unmount</c>; no body asks without force.</summary>
public sealed record UnmountRequest(bool Force);
