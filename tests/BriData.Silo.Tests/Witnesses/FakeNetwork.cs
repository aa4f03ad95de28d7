using System.Net;
using BriData.Ledger.Witnesses;

namespace BriData.Silo.Tests.Witnesses;

/// <summary>Leads each request to the witness of its host.</summary>
internal sealed class FakeNetwork(params FakeWitness[] witnesses) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal((HttpMethod.Post, "/prefix/add-checkpoint"), (request.Method, request.RequestUri!.AbsolutePath));
        var witness = Array.Find(witnesses, w => w.Witness.Url.Host == request.RequestUri.Host);
        Assert.NotNull(witness);
        return AddCheckpointRequest.TryParse(await request.Content!.ReadAsByteArrayAsync(cancellationToken), out var parsed)
            ? await witness.AnswerAsync(parsed, cancellationToken)
            : FakeWitness.Status(HttpStatusCode.BadRequest);
    }
}
