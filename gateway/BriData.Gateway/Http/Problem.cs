using System.Collections.Immutable;
using BriData.Contracts;

namespace BriData.Gateway.Http;

/// <summary>A problem document (RFC 9457) with BriData's members.</summary>
/// <param name="Type"><c>urn:bridata:problem:{code}</c>.</param>
/// <param name="Title">The same for every problem of this code.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What happened this time.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Errors">Parts of the request at fault.</param>
/// <param name="TraceId">Names this request in the operator's traces.</param>
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    ImmutableArray<FieldProblem> Errors,
    string? TraceId);
