/** A program that uses Food4J from outside: it sorts photos by what they show. */
package com.example.photosorter;
