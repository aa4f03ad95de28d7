namespace BriData.EndToEnd.Tests.Support;

/// <summary>Holds every answer that a test gets against the published description; the test fails when they part.</summary>
internal sealed class ContractHandler(OpenApiContract contract) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var body = response.IsSuccessStatusCode ? [] : await BufferedAsync(response, cancellationToken);
        var (method, path) = (request.Method.Method, request.RequestUri!.AbsolutePath);
        var problem = contract.Problem(method, path, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
        Assert.True(problem is null, $"{method} {path} and its description at /openapi/v1.json part: {problem}. The answer: {System.Text.Encoding.UTF8.GetString(body)}");
        return response;
    }

    private static async Task<byte[]> BufferedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
