using BriData.Contracts.Transfers;
using BriData.Gateway.Endpoints;
using BriData.Gateway.Http;
using BriData.Gateway.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BriData.Benchmarks.Hosting;

/// <summary>
/// <c>POST /bench/echo</c>: what HTTP, authentication and JSON cost without a decision and a ledger. The same middleware,
/// request type, status, headers and length of answer as <c>POST /v1/transfers</c>.
/// </summary>
internal sealed class EchoEndpoint
{
    public const string Path = "/bench/echo";

    // Digits that numbers have in the middle of a run, so that both answers are of one length.
    private const long TypicalNumber = 50_000;

    private TransferReply? _reply;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGroup("")
        .AddEndpointFilter<RefusalFilter>()
        .MapPost(Path, Answer)
        .ExcludeFromDescription();

    /// <summary>Sets the answer: a real one under the first agreement, with numbers of typical length.</summary>
    public void AnswerLike(TransferReply reply)
    {
        var agreement = reply.Id[..reply.Id.LastIndexOf(':')];
        _reply = reply with { Id = $"{agreement}:{TypicalNumber}", Receipt = reply.Receipt with { Index = TypicalNumber } };
    }

    private IResult Answer(HttpContext context, RequestCaller caller, JsonBody<TransferCreateRequest> body)
    {
        var reply = _reply!;
        context.Response.Headers.Location = $"/v1/transfers/{reply.Id}";
        return TypedResults.Json(reply, GatewayJson.Default.TransferReply, statusCode: StatusCodes.Status201Created);
    }
}
