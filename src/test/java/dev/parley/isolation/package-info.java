/** R13: whether anything of a tenant is seen or changed by anybody else. */
package dev.parley.isolation;
