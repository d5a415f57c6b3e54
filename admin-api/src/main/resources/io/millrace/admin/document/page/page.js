// A token that is entered is gone with the page: nothing is kept in the browser.
window.onload = () => SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
