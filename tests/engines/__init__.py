"""What readers do in the engines of other browsers: WebKit, which is in every iPhone, and Firefox's."""
