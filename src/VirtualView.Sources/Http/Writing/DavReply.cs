using System.Net;

namespace VirtualView.Sources.Http.Writing;

/// <summary>What a server answered to a change.</summary>
/// <param name="What">Method and address, for messages.</param>
/// <param name="LockToken">Of a LOCK: with its angle brackets.</param>
internal sealed record DavReply(string What, HttpStatusCode Status, string? Reason, TimeSpan? RetryAfter, string? LockToken)
{
    // 207 is no success: something of it failed.
    public bool IsDone => (int)Status is >= 200 and < 300 && Status != HttpStatusCode.MultiStatus;
}
